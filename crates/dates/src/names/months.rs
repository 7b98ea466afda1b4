//! How languages spell the months: facts of the Unicode Common Locale Data Repository (CLDR 47), Gregorian calendar.
//!
//! A row is a language, with its script where it has several; a column holds every spelling of one month, January
//! first: full and abbreviated, in a date and alone, with the endings and prefixes that dates give them. Spellings
//! are folded as [`super::fold`] folds them, `_` stands between the words of a name. Widely written languages come
//! first: where two languages mean two months by one word, the word stands in the earlier row only. Of the others
//! only names that no row above has, and that are long enough to be no other word, are listed.

#[rustfmt::skip]
pub(crate) static MONTHS: &[(&str, [&str; 12])] = &[
    ("en", [
        "january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
        "september sep sept", "october oct", "november nov", "december dec",
    ]),
    ("de", [
        "januar jan janner jaenner jaen", "februar feb feber", "marz mar maerz mrz", "april apr", "mai", "juni jun",
        "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez",
    ]),
    ("fr", [
        "janvier janv jan", "fevrier fevr fev", "mars mar", "avril avr", "mai", "juin jui", "juillet juil juill",
        "aout aou", "septembre sept", "octobre oct", "novembre nov", "decembre dec",
    ]),
    ("es", [
        "enero ene enr", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago",
        "septiembre sept sep setiembre set", "octubre oct", "noviembre nov", "diciembre dic",
    ]),
    ("it", [
        "gennaio gen genn", "febbraio feb", "marzo mar", "aprile apr", "maggio mag", "giugno giu", "luglio lug",
        "agosto ago", "settembre set sett", "ottobre ott", "novembre nov", "dicembre dic",
    ]),
    ("pt", [
        "janeiro jan", "fevereiro fev", "marco mar", "abril abr", "maio mai", "junho jun", "julho jul", "agosto ago",
        "setembro set", "outubro out", "novembro nov", "dezembro dez",
    ]),
    ("nl", [
        "januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul", "augustus aug",
        "september sep", "oktober okt", "november nov", "december dec",
    ]),
    ("sv", [
        "januari jan", "februari feb", "mars", "april apr", "maj", "juni", "juli", "augusti aug", "september sep",
        "oktober okt", "november nov", "december dec",
    ]),
    ("da", [
        "januar jan", "februar feb", "marts mar", "april apr", "maj", "juni jun", "juli jul", "august aug",
        "september sep", "oktober okt", "november nov", "december dec",
    ]),
    ("nb", [
        "januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug",
        "september sep", "oktober okt", "november nov", "desember des",
    ]),
    ("no", [
        "januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug",
        "september sep", "oktober okt", "november nov", "desember des",
    ]),
    ("nn", [
        "januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug",
        "september sep", "oktober okt", "november nov", "desember des",
    ]),
    ("fi", [
        "tammikuuta tammikuu tammi", "helmikuuta helmikuu helmi", "maaliskuuta maaliskuu maalis",
        "huhtikuuta huhtikuu huhti", "toukokuuta toukokuu touko", "kesakuuta kesakuu kesa",
        "heinakuuta heinakuu heina", "elokuuta elokuu elo", "syyskuuta syyskuu syys", "lokakuuta lokakuu loka",
        "marraskuuta marraskuu marras", "joulukuuta joulukuu joulu",
    ]),
    ("pl", [
        "stycznia styczen sty", "lutego luty lut", "marca marzec mar", "kwietnia kwiecien kwi", "maja maj",
        "czerwca czerwiec cze", "lipca lipiec lip", "sierpnia sierpien sie", "wrzesnia wrzesien wrz",
        "pazdziernika pazdziernik paz", "listopada listopad lis", "grudnia grudzien gru",
    ]),
    ("cs", [
        "ledna leden led", "unora unor uno", "brezna brezen bre", "dubna duben dub", "kvetna kveten kve",
        "cervna cerven cvn", "cervence cervenec cvc", "srpna srpen srp", "zari zar", "rijna rijen rij",
        "listopadu listopad lis", "prosince prosinec pro",
    ]),
    ("sk", [
        "januara januar jan", "februara februar feb", "marca marec mar", "aprila april apr", "maja maj", "juna jun",
        "jula jul", "augusta august aug", "septembra september sep", "oktobra oktober okt", "novembra november nov",
        "decembra december dec",
    ]),
    ("hu", [
        "januar jan", "februar febr", "marcius marc", "aprilis apr", "majus maj", "junius jun", "julius jul",
        "augusztus aug", "szeptember szept", "oktober okt", "november nov", "december dec",
    ]),
    ("ro", [
        "ianuarie ian", "februarie feb", "martie mar", "aprilie apr", "mai", "iunie iun", "iulie iul", "august aug",
        "septembrie sept", "octombrie oct", "noiembrie nov", "decembrie dec",
    ]),
    ("bg", [
        "януари яну", "февруари фев", "март", "април апр", "маи", "юни", "юли", "август авг", "септември сеп",
        "октомври окт", "ноември ное", "декември дек",
    ]),
    ("ru", [
        "января январь янв", "февраля февраль февр фев", "марта март мар мрт", "апреля апрель апр", "мая маи",
        "июня июнь июн", "июля июль июл", "августа август авг", "сентября сентябрь сент сен", "октября октябрь окт",
        "ноября ноябрь нояб ноя", "декабря декабрь дек",
    ]),
    ("uk", [
        "січня січень січ", "лютого лютии лют", "березня березень бер", "квітня квітень квіт", "травня травень трав",
        "червня червень черв", "липня липень лип", "серпня серпень серп", "вересня вересень вер",
        "жовтня жовтень жовт", "листопада листопад лист", "грудня грудень груд",
    ]),
    ("be", [
        "студзеня студзень сту", "лютага люты лют", "сакавіка сакавік сак", "красавіка красавік кра",
        "мая маи трауня травень тра", "чэрвеня чэрвень чэр", "ліпеня ліпень ліп", "жніуня жнівень жні",
        "верасня верасень вер верасьня", "кастрычніка кастрычнік кас", "лістапада лістапад ліс",
        "снежня снежань сне сьнежня сьнежань сьн",
    ]),
    ("sr", [
        "јануар јан", "фебруар феб", "март мар", "април апр", "мај", "јун", "јул", "август авг",
        "септембар сеп септ", "октобар окт", "новембар нов", "децембар дец",
    ]),
    ("sr_Latn", [
        "januar jan", "februar feb", "mart mar", "april apr", "maj", "jun", "jul", "avgust avg",
        "septembar sep sept", "oktobar okt", "novembar nov", "decembar dec",
    ]),
    ("hr", [
        "sijecnja sijecanj sij", "veljace veljaca velj", "ozujka ozujak ozu", "travnja travanj tra",
        "svibnja svibanj svi", "lipnja lipanj", "srpnja srpanj", "kolovoza kolovoz kol", "rujna rujan ruj", "",
        "studenoga studeni stu", "prosinca prosinac pro",
    ]),
    ("bs", [
        "januar jan", "februar feb", "mart mar", "april apr", "maj", "juni jun", "juli jul", "august aug",
        "septembar sep", "oktobar okt", "novembar nov", "decembar dec",
    ]),
    ("bs_Cyrl", [
        "јануар јан", "фебруар феб", "март мар", "април апр", "мај", "јуни јун", "јули јул", "аугуст ауг",
        "септембар сеп", "октобар окт", "новембар нов", "децембар дец",
    ]),
    ("sl", [
        "januar jan", "februar feb", "marec mar", "april apr", "maj", "junij jun", "julij jul", "avgust avg",
        "september sep", "oktober okt", "november nov", "december dec",
    ]),
    ("mk", [
        "јануари јан", "февруари фев", "март мар", "април апр", "мај", "јуни јун", "јули јул", "август авг",
        "септември сеп", "октомври окт", "ноември ное", "декември дек",
    ]),
    ("sq", [
        "janar jan", "shkurt shk", "mars mar", "prill pri", "maj", "qershor qer", "korrik korr", "gusht gush",
        "shtator sht", "tetor tet", "nentor nen", "dhjetor dhj",
    ]),
    ("el", [
        "ιανουαριου ιανουαριοσ ιαν", "φεβρουαριου φεβρουαριοσ φεβ", "μαρτιου μαρτιοσ μαρ", "απριλιου απριλιοσ απρ",
        "μαιου μαιοσ μαι", "ιουνιου ιουνιοσ ιουν", "ιουλιου ιουλιοσ ιουλ", "αυγουστου αυγουστοσ αυγ",
        "σεπτεμβριου σεπτεμβριοσ σεπ", "οκτωβριου οκτωβριοσ οκτ", "νοεμβριου νοεμβριοσ νοε",
        "δεκεμβριου δεκεμβριοσ δεκ",
    ]),
    ("tr", [
        "ocak oca", "subat sub", "mart mar", "nisan nis", "mayis may", "haziran haz", "temmuz tem", "agustos agu",
        "eylul eyl", "ekim eki", "kasim kas", "aralik ara",
    ]),
    ("az", [
        "yanvar yan", "fevral fev", "mart mar", "aprel apr", "may", "iyun iyn", "iyul iyl", "avqust avq",
        "sentyabr sen", "oktyabr okt", "noyabr noy", "dekabr dek",
    ]),
    ("az_Cyrl", [
        "јанвар јан", "феврал фев", "март мар", "апрел апр", "маи", "ијун ијн", "ијул ијл", "август авг",
        "сентјабр сен", "октјабр окт", "нојабр ној", "декабр дек",
    ]),
    ("kk", [
        "қаңтар қаң", "ақпан ақп", "наурыз нау", "сәуір сәу", "мамыр мам", "маусым мау", "шілде шіл", "тамыз там",
        "қыркүиек қыр", "қазан қаз", "қараша қар", "желтоқсан жел",
    ]),
    ("ky", [
        "январь янв", "февраль фев", "март мар", "апрель апр", "маи", "июнь июн", "июль июл", "август авг",
        "сентябрь сен", "октябрь окт", "ноябрь ноя", "декабрь дек",
    ]),
    ("uz", [
        "yanvar yan", "fevral fev", "mart mar", "aprel apr", "may", "iyun iyn", "iyul iyl", "avgust avg",
        "sentabr sen", "oktabr okt", "noyabr noy", "dekabr dek",
    ]),
    ("uz_Cyrl", [
        "январ янв", "феврал фев", "март мар", "апрел апр", "маи", "июн", "июл", "август авг", "сентябр сен",
        "октябр окт", "ноябр ноя", "декабр дек",
    ]),
    ("uz_Arab", [
        "جنوری جنو", "فبروری فبر", "مارچ مار", "اپریل اپر", "می", "جون", "جولای جول", "اگست اگس", "سپتمبر سپت",
        "اکتوبر اکت", "نومبر نوم", "دسمبر دسم",
    ]),
    ("tk", [
        "yanwar yan", "fewral few", "mart mar", "aprel apr", "may", "iyun", "iyul", "awgust awg", "sentyabr sen",
        "oktyabr okt", "noyabr noy", "dekabr dek",
    ]),
    ("tt", [
        "гыинвар гыин", "февраль фев", "март мар", "апрель апр", "маи", "июнь", "июль", "август авг",
        "сентябрь сент", "октябрь окт", "ноябрь нояб", "декабрь дек",
    ]),
    ("tg", [
        "январ янв", "феврал фев", "март мар", "апрел апр", "маи", "июн", "июл", "август авг", "сентябр сен",
        "октябр окт", "ноябр ноя", "декабр дек",
    ]),
    ("he", [
        "ינואר בינואר ינו בינו", "פברואר בפברואר פבר בפבר", "מרץ במרץ", "אפריל באפריל אפר באפר", "מאי במאי",
        "יוני ביוני", "יולי ביולי", "אוגוסט באוגוסט אוג באוג", "ספטמבר בספטמבר ספט בספט",
        "אוקטובר באוקטובר אוק באוק", "נובמבר בנובמבר נוב בנוב", "דצמבר בדצמבר דצמ בדצמ",
    ]),
    ("yi", [
        "יאנואר יאנ", "פעברואר פעב", "מערץ", "אפריל אפר", "מיי", "יוני", "יולי", "אויגוסט אויג", "סעפטעמבער סעפ",
        "אקטאבער אקט", "נאוועמבער נאוו", "דעצעמבער דעצ",
    ]),
    ("ar", [
        "يناير جانفي كانون_الثاني", "فبراير فيفري شباط", "مارس اذار", "ابريل افريل نيسان", "مايو ماي ايار",
        "يونيو جوان حزيران", "يوليو جويلية تموز يوليوز", "اغسطس اوت اب غشت اغشت", "سبتمبر ايلول شتنبر شتمبر",
        "اكتوبر تشرين_الاول", "نوفمبر تشرين_الثاني نونبر", "ديسمبر كانون_الاول دجنبر دجمبر",
    ]),
    ("fa", [
        "ژانویه جنوری جنو", "فوریه فبروری", "مارس مارچ", "اوریل اپریل", "مه می", "ژوين جون", "ژويیه جولای جول",
        "اوت اگست", "سپتامبر سپتمبر", "اکتبر اکتوبر", "نوامبر نومبر", "دسامبر دسمبر دسم",
    ]),
    ("ur", [
        "جنوری", "فروری", "مارچ", "اپریل", "ميی", "جون", "جولايی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر",
    ]),
    ("ps", [
        "جنوري", "فبروري فېبروري", "مارچ", "اپریل", "مۍ", "جون", "جولای", "اګست", "سېپتمبر سپتمبر", "اکتوبر",
        "نومبر", "دسمبر",
    ]),
    ("ckb", [
        "کانوونی_دووەم کانوونی_دووەمی", "شوبات شوباتی", "يازار يازاری", "نیسان نیسانی", "يایار يایاری",
        "حوزەیران حوزەیرانی", "تەمووز تەمووزی", "ياب يابی", "يەیلوول يەیلوولی", "تشرینی_یەکەم تشرینی_یەکەمی",
        "تشرینی_دووەم تشرینی_دووەمی", "کانونی_یەکەم کانونی_یەکەمی",
    ]),
    ("ku", [
        "rebendan rebendana rbn rbna", "sibat sibata sbt sbta", "adar adara adr adra", "nisan nisana nsn nsna",
        "gulan gulana gln glna", "heziran hezirana hzr hzra", "tirmeh tirmeha trm trma", "tebax tebaxa tbx tbxa",
        "ilon ilona iln ilna", "cotmeh cotmeha cot cota", "mijdar mijdara mjd mjda", "berfanbar berfanbara brf brfa",
    ]),
    ("ug", [
        "يانۋار", "فېۋرال", "مارت", "ياپرېل", "ماي", "يىيۇن", "يىيۇل", "ياۋغۇست", "سېنتەبىر", "يۆكتەبىر", "نويابىر",
        "دېكابىر",
    ]),
    ("hi", [
        "जनवरी जन", "फ़रवरी फ़र", "मार्च", "अप्रैल", "मई", "जून", "जुलाई जुल", "अगस्त अग", "सितंबर सित",
        "अक्टूबर अक्टू", "नवंबर नव", "दिसंबर दिस",
    ]),
    ("bn", [
        "জানুয়ারী জানু", "ফেব্রুয়ারী ফেব", "মার্চ", "এপ্রিল এপ্রি", "মে", "জুন", "জুলাই জুল", "আগস্ট আগ",
        "সেপ্টেম্বর সেপ সেপ্টেঃ", "অক্টোবর অক্টো অক্টোঃ", "নভেম্বর নভে নভেঃ", "ডিসেম্বর ডিসে ডিসেঃ",
    ]),
    ("ta", [
        "ஜனவரி ஜன", "பிப்ரவரி பிப்", "மார்ச் மார்", "ஏப்ரல் ஏப்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட் ஆக",
        "செப்டம்பர் செப்", "அக்டோபர் அக்", "நவம்பர் நவ", "டிசம்பர் டிச",
    ]),
    ("te", [
        "జనవరి జన", "ఫిబ్రవరి ఫిబ్ర", "మార్చి", "ఏప్రిల్ ఏప్రి", "మే", "జూన్", "జులై", "ఆగస్టు ఆగ",
        "సెప్టెంబర్ సెప్టెం", "అక్టోబర్ అక్టో", "నవంబర్ నవం", "డిసెంబర్ డిసెం",
    ]),
    ("mr", [
        "जानेवारी जाने", "फेब्रुवारी फेब्रु", "मार्च", "एप्रिल एप्रि", "मे", "जून", "जुलै", "ऑगस्ट ऑग",
        "सप्टेंबर सप्टें", "ऑक्टोबर ऑक्टो", "नोव्हेंबर नोव्हें", "डिसेंबर डिसें",
    ]),
    ("gu", [
        "જાન્યુઆરી જાન્યુ", "ફેબ્રુઆરી ફેબ્રુ", "માર્ચ", "એપ્રિલ", "મે", "જૂન", "જુલાઈ", "ઑગસ્ટ", "સપ્ટેમ્બર સપ્ટે",
        "ઑક્ટોબર ઑક્ટો", "નવેમ્બર નવે", "ડિસેમ્બર ડિસે",
    ]),
    ("kn", [
        "ಜನವರಿ ಜನ", "ಫೆಬ್ರವರಿ ಫೆಬ್ರ", "ಮಾರ್ಚ್", "ಏಪ್ರಿಲ್ ಏಪ್ರಿ", "ಮೇ", "ಜೂನ್", "ಜುಲೈ", "ಆಗಸ್ಟ್ ಆಗ",
        "ಸೆಪ್ಟೆಂಬರ್ ಸೆಪ್ಟೆಂ", "ಅಕ್ಟೋಬರ್ ಅಕ್ಟೋ", "ನವೆಂಬರ್ ನವೆಂ", "ಡಿಸೆಂಬರ್ ಡಿಸೆಂ",
    ]),
    ("ml", [
        "ജനുവരി ജനു", "ഫെബ്രുവരി ഫെബ്രു", "മാർച്ച് മാർ", "ഏപ്രിൽ ഏപ്രി", "മേയ്", "ജൂൺ", "ജൂലൈ", "ഓഗസ്റ്റ് ഓഗ",
        "സെപ്റ്റംബർ സെപ്റ്റം", "ഒക്ടോബർ ഒക്ടോ", "നവംബർ നവം", "ഡിസംബർ ഡിസം",
    ]),
    ("pa", [
        "ਜਨਵਰੀ ਜਨ", "ਫ਼ਰਵਰੀ ਫ਼ਰ", "ਮਾਰਚ", "ਅਪ੍ਰੈਲ ਅਪ੍ਰੈ", "ਮਈ", "ਜੂਨ", "ਜੁਲਾਈ ਜੁਲਾ", "ਅਗਸਤ ਅਗ", "ਸਤੰਬਰ ਸਤੰ",
        "ਅਕਤੂਬਰ ਅਕਤੂ", "ਨਵੰਬਰ ਨਵੰ", "ਦਸੰਬਰ ਦਸੰ",
    ]),
    ("pa_Arab", [
        "جنوری", "فروری", "مارچ", "اپریل", "مي", "جون", "جولايی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر",
    ]),
    ("si", [
        "ජනවාරි ජන", "පෙබරවාරි පෙබ", "මාර්තු මාර්", "අප්රේල්", "මැයි", "ජූනි", "ජූලි", "අගෝස්තු අගෝ",
        "සැප්තැම්බර් සැප්", "ඔක්තෝබර් ඔක්", "නොවැම්බර් නොවැ", "දෙසැම්බර් දෙසැ",
    ]),
    ("ne", [
        "जनवरी", "फेब्रुअरी", "मार्च", "अप्रिल", "मे", "जुन", "जुलाई", "अगस्ट", "सेप्टेम्बर", "अक्टोबर", "नोभेम्बर",
        "डिसेम्बर",
    ]),
    ("or", [
        "ଜାନୁଆରୀ", "ଫେବୃଆରୀ", "ମାର୍ଚ୍ଚ", "ଅପ୍ରେଲ", "ମଇ", "ଜୁନ", "ଜୁଲାଇ", "ଅଗଷ୍ଟ", "ସେପ୍ଟେମ୍ବର", "ଅକ୍ଟୋବର",
        "ନଭେମ୍ବର", "ଡିସେମ୍ବର",
    ]),
    ("as", [
        "জানুৱাৰী জানু", "ফেব্ৰুৱাৰী ফেব্ৰু", "মাৰ্চ", "এপ্ৰিল", "মে", "জুন", "জুলাই", "আগষ্ট আগ",
        "ছেপ্তেম্বৰ ছেপ্তে", "অক্টোবৰ অক্টো", "নৱেম্বৰ নৱে", "ডিচেম্বৰ ডিচে",
    ]),
    ("sa", [
        "जनवरीमासः", "फरवरीमासः", "मार्चमासः", "अप्रैलमासः", "मईमासः मई", "जूनमासः", "जुलाईमासः", "अगस्तमासः",
        "सितंबरमासः", "अक्तूबरमासः", "नवंबरमासः", "दिसंबरमासः",
    ]),
    ("kok", [
        "जानेवारी जाने", "फेब्रुवारी फेब्रु", "मार्च", "एप्रील एप्री", "मे", "जून", "जुलय जुल", "ऑगस्ट ऑग",
        "सप्टेंबर सप्टें", "ऑक्टोबर ऑक्टो", "नोव्हेंबर नो", "डिसेंबर डिसे",
    ]),
    ("th", [
        "มกราคม มค", "กุมภาพันธ์ กพ", "มีนาคม มีค", "เมษายน เมย", "พฤษภาคม พค", "มิถุนายน มิย", "กรกฎาคม กค",
        "สิงหาคม สค", "กันยายน กย", "ตุลาคม ตค", "พฤศจิกายน พย", "ธันวาคม ธค",
    ]),
    ("lo", [
        "ມັງກອນ ມກ", "ກຸມພາ ກພ", "ມີນາ ມນ", "ເມສາ ມສ", "ພຶດສະພາ ພພ", "ມິຖຸນາ ມິຖ", "ກໍລະກົດ ກລ", "ສິງຫາ ສຫ",
        "ກັນຍາ ກຍ", "ຕຸລາ ຕລ", "ພະຈິກ ພຈ", "ທັນວາ ທວ",
    ]),
    ("km", [
        "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ",
    ]),
    ("my", [
        "ဇန်နဝါရီ ဇန်", "ဖေဖော်ဝါရီ ဖေ", "မတ်", "ဧပြီ ဧ", "မေ", "ဇွန်", "ဇူလိုင် ဇူ", "ဩဂုတ် ဩ", "စက်တင်ဘာ စက်",
        "အောက်တိုဘာ အောက်", "နိုဝင်ဘာ နို", "ဒီဇင်ဘာ ဒီ",
    ]),
    ("id", [
        "januari jan", "februari feb", "maret mar", "april apr", "mei", "juni jun", "juli jul", "agustus agu",
        "september sep", "oktober okt", "november nov", "desember des",
    ]),
    ("ms", [
        "januari jan", "februari feb", "mac", "april apr", "mei", "jun", "julai jul", "ogos ogo", "september sep",
        "oktober okt", "november nov", "disember dis",
    ]),
    ("ms_Arab", [
        "جانواري", "فيبواري", "مچ", "اڤريل", "مي", "جون", "جولاي", "ݢوس", "سيڤتيمبر", "اوکتوبر", "نوۏيمبر", "ديسيمبر",
    ]),
    ("fil", [
        "enero ene", "pebrero peb", "marso mar", "abril abr", "mayo may", "hunyo hun", "hulyo hul", "agosto ago",
        "setyembre set", "oktubre okt", "nobyembre nob", "disyembre dis",
    ]),
    ("ceb", [
        "enero ene", "pebrero peb", "marso mar", "abril abr", "mayo may", "hunyo hun", "hulyo hul", "agosto ago",
        "septyembre sep", "oktubre okt", "nobyembre nob", "disyembre dis",
    ]),
    ("jv", [
        "januari jan", "februari feb", "maret mar", "april apr", "mei", "juni jun", "juli jul", "agustus agt",
        "september sep", "oktober okt", "november nov", "desember des",
    ]),
    ("su", [
        "januari jan", "pebruari peb", "maret mar", "april apr", "mei", "juni jun", "juli jul", "agustus ags",
        "september sep", "oktober okt", "nopember nop", "desember des",
    ]),
    ("zh", [
        "一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月",
    ]),
    ("mn", [
        "нэгдүгээр_сар нэгдүгээр_сарын", "хоердугаар_сар хоердугаар_сарын", "гуравдугаар_сар гуравдугаар_сарын",
        "дөрөвдүгээр_сар дөрөвдүгээр_сарын", "тавдугаар_сар тавдугаар_сарын", "зургаадугаар_сар зургаадугаар_сарын",
        "долоодугаар_сар долоодугаар_сарын", "наимдугаар_сар наимдугаар_сарын", "есдүгээр_сар есдүгээр_сарын",
        "аравдугаар_сар аравдугаар_сарын", "арван_нэгдүгээр_сар арван_нэгдүгээр_сарын",
        "арван_хоердугаар_сар арван_хоердугаар_сарын",
    ]),
    ("ka", [
        "იანვარი იან", "თებერვალი თებ", "მარტი მარ", "აპრილი აპრ", "მაისი მაი", "ივნისი ივნ", "ივლისი ივლ",
        "აგვისტო აგვ", "სექტემბერი სექ", "ოქტომბერი ოქტ", "ნოემბერი ნოე", "დეკემბერი დეკ",
    ]),
    ("hy", [
        "հունվարի հունվար հնվ", "փետրվարի փետրվար փտվ", "մարտի մարտ մրտ", "ապրիլի ապրիլ ապր", "մայիսի մայիս մյս",
        "հունիսի հունիս հնս", "հուլիսի հուլիս հլս", "օգոստոսի օգոստոս օգս", "սեպտեմբերի սեպտեմբեր սեպ",
        "հոկտեմբերի հոկտեմբեր հոկ", "նոյեմբերի նոյեմբեր նոյ", "դեկտեմբերի դեկտեմբեր դեկ",
    ]),
    ("os", [
        "январы январь янв", "февралы февраль фев февр", "мартъииы мартъи мар март", "апрелы апрель апр", "маиы маи",
        "июны июнь", "июлы июль", "августы август авг", "сентябры сентябрь сен сент", "октябры октябрь окт",
        "ноябры ноябрь ноя нояб", "декабры декабрь дек",
    ]),
    ("ab", [
        "ажьырныҳəа ажь", "жəабран жəаб", "хəажəкыра хəажә", "мшаԥы мш", "лаҵара лаҵ", "рашəара рашә",
        "ԥхынгəы ԥхынгә", "нанҳəа нанҳә", "цəыббра цəыб", "жьҭаара жьҭ", "абҵара абҵ", "ԥхынҷкәын ԥхынҷ",
    ]),
    ("cv", [
        "карлач кар", "нарас нар", "пуш", "ака", "ҫу", "ҫертме ҫер", "ута", "ҫурла ҫур", "аван", "юпа", "чук",
        "раштав раш",
    ]),
    ("sah", [
        "тохсунньу тохс", "олунньу олун", "кулун_тутар клн", "муус_устар мсу", "ыам_ыиын ыам_ыиа ыам",
        "бэс_ыиын бэс_ыиа бэс", "от_ыиын от_ыиа оти", "атырдьых_ыиын атырдьых_ыиа атр",
        "балаҕан_ыиын балаҕан_ыиа блҕ", "алтынньы алт", "сэтинньи сэт", "ахсынньы ахс",
    ]),
    ("ca", [
        "gener gen", "febrer febr", "marc", "dabril abril dabr abr", "maig", "juny", "juliol jul",
        "dagost agost dag", "setembre set", "doctubre octubre doct oct", "novembre nov", "desembre des",
    ]),
    ("eu", [
        "urtarrila urtarrilaren urt urtren", "otsaila otsailaren ots otsren", "martxoa martxoaren mar marren",
        "apirila apirilaren api apiren", "maiatza maiatzaren mai mairen", "ekaina ekainaren eka ekaren",
        "uztaila uztailaren uzt uztren", "abuztua abuztuaren abu aburen", "iraila irailaren ira iraren",
        "urria urriaren urr urrren", "azaroa azaroaren aza azaren", "abendua abenduaren abe aberen",
    ]),
    ("gl", [
        "xaneiro xan", "febreiro feb", "marzo mar", "abril abr", "maio", "xuno", "xullo xul", "agosto ago",
        "setembro set", "outubro out", "novembro nov", "decembro dec",
    ]),
    ("ast", [
        "xineru xin", "febreru feb", "marzu mar", "dabril abril abr", "mayu may", "xunu xun", "xunetu xnt",
        "dagostu agostu ago", "setiembre set", "dochobre ochobre och", "payares pay", "davientu avientu avi",
    ]),
    ("an", [
        "chinero chi", "febrero feb", "marzo mar", "dabril abril abr", "mayo may", "chunyo chn", "chuliol chl",
        "dagosto agosto ago", "setiembre set", "doctubre octubre oct", "noviembre nov", "daviento aviento avi",
    ]),
    ("oc", [
        "genier gen ger", "febrier feb hereuer", "marc mar", "dabril abril abr abriu", "mai", "junh jun",
        "julhet jul juriol jur", "dagost agost ago", "setembre set seteme", "doctobre octobre oct",
        "novembre nov noveme", "decembre dec deseme",
    ]),
    ("et", [
        "jaanuar jaan", "veebruar veebr", "marts", "aprill apr", "mai", "juuni", "juuli", "august aug",
        "september sept", "oktoober okt", "november nov", "detsember dets",
    ]),
    ("lv", [
        "janvaris janv", "februaris febr", "marts", "aprilis apr", "maijs", "junijs jun", "julijs jul",
        "augusts aug", "septembris sept", "oktobris okt", "novembris nov", "decembris dec",
    ]),
    ("lt", [
        "sausio sausis saus", "vasario vasaris vas", "kovo kovas kov", "balandzio balandis bal",
        "geguzes geguze geg", "birzelio birzelis birz", "liepos liepa liep", "rugpjucio rugpjutis rugp",
        "rugsejo rugsejis rugs", "spalio spalis spal", "lapkricio lapkritis lapkr", "gruodzio gruodis gruod",
    ]),
    ("is", [
        "januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "agust agu",
        "september sep", "oktober okt", "november nov", "desember des",
    ]),
    ("fo", [
        "januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug",
        "september sep", "oktober okt", "november nov", "desember des",
    ]),
    ("ga", [
        "eanair ean", "feabhra feabh", "marta", "aibrean aib", "bealtaine beal", "meitheamh meith", "iuil",
        "lunasa lun", "mean_fomhair mfomh", "deireadh_fomhair dfomh", "samhain samh", "nollaig noll",
    ]),
    ("gd", [
        "dhen_fhaoilleach am_faoilleach faoi", "dhen_ghearran an_gearran gearr", "dhen_mhart am_mart mart",
        "dhen_ghiblean an_giblean gibl", "dhen_cheitean an_ceitean ceit", "dhen_ogmhios an_t_ogmhios ogmh",
        "dhen_iuchar an_t_iuchar iuch", "dhen_lunastal an_lunastal luna", "dhen_t_sultain an_t_sultain sult",
        "dhen_damhair an_damhair damh", "dhen_t_samhain an_t_samhain samh", "dhen_dubhlachd an_dubhlachd dubh",
    ]),
    ("cy", [
        "ionawr ion", "chwefror chwef chw", "mawrth maw", "ebrill ebr", "mai", "mehefin meh", "gorffennaf gorff gor",
        "awst", "medi", "hydref hyd", "tachwedd tach", "rhagfyr rhag",
    ]),
    ("br", [
        "genver gen", "chwevrer chwe", "meurzh meur", "ebrel ebr", "", "mezheven mezh", "gouere goue", "eost",
        "gwengolo gwen", "here", "", "kerzu kzu",
    ]),
    ("mt", [
        "jannar jan", "frar fra", "marzu mar", "april apr", "mejju mej", "gunju gun", "lulju lul", "awwissu aww",
        "settembru set", "ottubru ott", "novembru nov", "dicembru dic",
    ]),
    ("lb", [
        "januar jan", "februar feb", "maerz", "abrell abr", "mee", "juni jun", "juli jul", "august aug",
        "september sep", "oktober okt", "november nov", "dezember dez",
    ]),
    ("fy", [
        "jannewaris jan", "febrewaris feb", "maart mrt", "april apr", "maaie mai", "juny jun", "july jul",
        "augustus aug", "septimber sep", "oktober okt", "novimber nov", "desimber des",
    ]),
    ("gsw", [
        "januar jan", "februar feb", "marz mar", "april apr", "mai", "juni jun", "juli jul", "auguscht aug",
        "septamber sep", "oktoober okt", "novamber nov", "dezamber dez",
    ]),
    ("nds", [
        "januaar jan", "februaar feb", "marz", "april apr", "mai", "juni", "juli", "august aug", "september sep",
        "oktover okt", "november nov", "dezember dez",
    ]),
    ("rm", [
        "da_schaner schaner schan", "da_favrer favrer favr", "da_mars mars", "davrigl avrigl avr", "da_matg matg",
        "da_zercladur zercladur zercl", "da_fanadur fanadur fan", "davust avust", "da_settember settember sett",
        "doctober october oct", "da_november november nov", "da_december december dec",
    ]),
    ("fur", [
        "zenar zen", "fevrar fev", "marc mar", "avril avr", "mai", "jugn jug", "lui", "avost avo", "setembar set",
        "otubar otu", "novembar nov", "dicembar dic",
    ]),
    ("sc", [
        "ghennargiu ghe", "freargiu fre", "martzu mar", "abrile abr", "maju maj", "lampadas lam", "triulas tri",
        "austu aus", "cabudanni cab", "santugaine stg", "santandria sta", "nadale nad",
    ]),
    ("co", [
        "di_ghjennaghju ghjennaghju ghj", "di_ferraghju ferraghju fer", "di_marzu marzu mar", "daprile aprile apr",
        "di_maghju maghju mag", "di_ghjugnu ghjugnu ghju", "di_lugliu lugliu lug", "daostu aostu aos",
        "di_sittembre sittembre sit", "dottobre ottobre ott", "di_nuvembre nuvembre nuv", "di_dicembre dicembre dic",
    ]),
    ("lij", [
        "zena zen", "freva fre", "marso mar", "darvi arvi darv arv", "mazzo maz", "zugno zug", "luggio lug",
        "dagosto agosto dago ago", "settembre set", "dottobre ottobre dott ott", "novembre nov", "dexembre dex",
    ]),
    ("scn", [
        "jinnaru jin", "frivaru fri", "marzu mar", "aprili apr", "maju maj", "giugnu giu", "giugnettu gnt",
        "agustu agu", "sittemmiru sit", "uttuviru utt", "nuvemmiru nuv", "dicemmiru dic",
    ]),
    ("lld", [
        "jena", "fora", "merz", "dauri auri", "", "jugn", "messe", "daost aost", "setember set",
        "dotober otober doto oto", "november nov", "dezember dez",
    ]),
    ("eo", [
        "januaro jan", "februaro feb", "marto mar", "aprilo apr", "majo maj", "junio jun", "julio jul",
        "augusto aug", "septembro sep", "oktobro okt", "novembro nov", "decembro dec",
    ]),
    ("ia", [
        "januario jan", "februario feb", "martio mar", "april apr", "maio mai", "junio jun", "julio jul",
        "augusto aug", "septembre sep", "octobre oct", "novembre nov", "decembre dec",
    ]),
    ("la", [
        "ianuarii ianuarius ian", "februarii februarius feb", "martii martius mar", "aprilis apr", "maii maius mai",
        "iunii iunius iun", "iulii iulius iul", "augusti augustus aug", "septembris september sep",
        "octobris october oct", "novembris november nov", "decembris december dec",
    ]),
    ("af", [
        "januarie jan", "februarie feb", "maart mrt", "april apr", "mei", "junie jun", "julie jul", "augustus aug",
        "september sep", "oktober okt", "november nov", "desember des",
    ]),
    ("sw", [
        "januari jan", "februari feb", "machi mac", "aprili apr", "mei", "juni jun", "julai jul", "agosti ago",
        "septemba sep", "oktoba okt", "novemba nov", "desemba des",
    ]),
    ("zu", [
        "januwari jan", "februwari feb", "mashi mas", "ephreli eph", "meyi mey", "juni jun", "julayi jul",
        "agasti aga", "septhemba sep", "okthoba okt", "novemba nov", "disemba dis",
    ]),
    ("xh", [
        "janyuwari jan", "februwari feb", "matshi", "epreli epr", "meyi mey", "juni jun", "julayi jul", "agasti aga",
        "septemba sept sep", "okthobha okthoba okt", "novemba nov", "disemba dis",
    ]),
    ("st", [
        "pherekgong phe", "hlakola", "hlakubele ube", "mmesa mme", "motsheanong mot", "phupjane", "phupu upu",
        "phato pha", "lwetse leo", "mphalane mph", "pudungwana pun", "tshitwe tsh",
    ]),
    ("tn", [
        "ferikgong", "tlhakole tlh", "mopitlo mop", "moranang mor", "motsheganang mot", "seetebosigo see",
        "phukwi phu", "phatwe pha", "lwetse lwe", "diphalane dip", "ngwanatsele ngw", "sedimonthole sed",
    ]),
    ("am", [
        "ጃንዋሪ ጃን", "ፌብሩዋሪ ፌብ", "ማርች", "ኤፕሪል ኤፕሪ", "ሜይ", "ጁን", "ጁላይ", "ኦገስት ኦገስ", "ሴፕቴምበር ሴፕቴ", "ኦክቶበር ኦክቶ",
        "ኖቬምበር ኖቬም", "ዲሴምበር ዲሴም",
    ]),
    ("ti", [
        "ጥሪ", "ለካቲት ለካ", "መጋቢት መጋ", "ሚያዝያ ሚያ", "ጉንበት ግን", "ሰነ", "ሓምለ ሓም", "ነሓሰ ነሓ", "መስከረም መስ", "ጥቅምቲ ጥቅ", "ሕዳር ሕዳ",
        "ታሕሳስ ታሕ",
    ]),
    ("so", [
        "janaayo jannaayo jan", "febraayo feb", "maarso mar", "abriil abr", "maayo may", "juun jun", "luulyo lul",
        "agosto ogosto ogs", "sebtembar sebteembar seb", "oktoobar okt", "noofeembar nof", "diseembar dis",
    ]),
    ("ha", [
        "janairu jan", "faburairu fab", "maris mar", "afirilu afi", "mayu may", "yuni yun", "yuli yul", "agusta agu",
        "satumba sat", "oktoba okt", "nuwamba nuw", "disamba dis",
    ]),
    ("ig", [
        "jenuwari jen", "februwari feb", "maachi maa", "epreel epr", "mee", "jun juu", "julai jul", "ogoost ogo",
        "septemba sep", "oktoba okt", "novemba nov", "disemba dis",
    ]),
    ("yo", [
        "osu_sere oshu_shɛrɛ", "osu_erele oshu_erele", "osu_erena oshu_ɛrɛna", "osu_igbe oshu_igbe",
        "osu_ebibi oshu_ɛbibi", "osu_okudu oshu_okudu", "osu_agemo oshu_agɛmɔ", "osu_ogun oshu_ogun",
        "osu_owewe oshu_owewe", "osu_owara oshu_ɔwara", "osu_belu oshu_belu", "osu_ope oshu_ɔpɛ",
    ]),
    ("rw", [
        "mutarama mut", "gashyantare gas", "werurwe wer", "mata", "gicurasi gic", "kamena kam", "nyakanga nya",
        "kanama kan", "nzeri nze", "ukwakira ukw", "ugushyingo ugu", "ukuboza uku",
    ]),
    ("mg", [
        "janoary jan", "febroary feb", "martsa mar", "aprily apr", "mey", "jona jon", "jolay jol", "aogositra aog",
        "septambra sep", "oktobra okt", "novambra nov", "desambra des",
    ]),
    ("haw", [
        "ianuali ian", "pepeluali pep", "malaki mal", "apelila", "mei", "iune iun", "iulai iul", "aukake",
        "kepakemapa kep", "okakopa", "nowemapa", "kekemapa kek",
    ]),
    ("mi", [
        "hanuere han", "pepuere pep", "maehe", "apereira aperira ape", "mei", "hune hun", "hurae hur", "akuhata aku",
        "hepetema hep", "oketopa oke", "noema noe", "tihema tih",
    ]),
    ("to", [
        "sanuali san", "fepueli fep", "maasi maa", "epeleli epe", "", "sune", "siulai siu", "aokosi aok",
        "sepitema sep", "okatopa oka", "novema nov", "tisema tis",
    ]),
    ("kl", [
        "januaarip januaari jan", "februaarip februaari febr", "marsip marsi mar", "apriilip apriili apr",
        "maajip maaji maj", "juunip juuni jun", "juulip juuli jul", "aggustip aggusti aug",
        "septembarip septembari sept", "oktobarip oktobari okt", "novembarip novembari nov",
        "decembarip decembari dec",
    ]),
    ("se", [
        "oddajagemannu oddj", "guovvamannu guov", "njukcamannu njuk", "cuoŋomannu cuo cuoŋ", "miessemannu mies",
        "geassemannu geas", "suoidnemannu suoi", "borgemannu borg", "cakcamannu cakc", "golggotmannu golg",
        "skabmamannu skab", "juovlamannu juov",
    ]),
    ("hsb", [
        "januara januar jan", "februara februar feb", "merca merc mer", "apryla apryl apr", "meje meja mej",
        "junija junij jun", "julija julij jul", "awgusta awgust awg", "septembra september sep",
        "oktobra oktober okt", "nowembra nowember", "decembra december dec",
    ]),
    ("dsb", [
        "januara januar jan", "februara februar feb", "merca merc mer", "apryla apryl apr", "maja maj",
        "junija junij jun", "julija julij jul", "awgusta awgust awg", "septembra september sep",
        "oktobra oktober okt", "nowembra nowember", "decembra december dec",
    ]),
    ("szl", [
        "stycznia styczyn sty", "lutego luty lut", "marca marzec mar", "kwietnia kwieciyn kwi", "moja moj",
        "czyrwca czyrwiec czy", "lipca lipiec lip", "siyrpnia siyrpiyn siy", "wrzesnia wrzesiyn wrz",
        "pazdziernika pazdziernik paz", "listopada listopad lis", "grudnia grudziyn gru",
    ]),
    ("sd", [
        "جنوري", "فيبروري", "مارچ", "اپريل", "ميي", "جون", "جولاء", "اگسٽ", "سيپٽمبر", "اڪٽوبر", "نومبر", "ڊسمبر",
    ]),
    ("ks", [
        "جنوری", "فروری", "مارچ", "اپریل", "ميی", "جوٗن", "جلے جوٗلایی", "اگست", "ستمبر", "اکتوٗبر", "نومبر", "دسمبر",
    ]),
    ("aa", [
        "qunxa_garablu", "", "ciggilta_kudo", "agda_baxis", "caxah_alsa", "qasa_dirri", "qado_dirri",
        "liiqen leqeeni", "waysu", "diteli", "ximoli", "kaxxa_garablu",
    ]),
    ("agq", [
        "ndzɔŋɔnum", "ndzɔŋɔkɨzuʔ kɨz", "ndzɔŋɔtɨdʉgha tɨd", "ndzɔŋɔtaafʉgha", "ndzɔŋesee", "ndzɔŋɔnzugho",
        "ndzɔŋɔdumlo", "ndzɔŋɔkwifɔe fɔe", "ndzɔŋɔtɨfʉghadzughu", "ndzɔŋɔghuuwelɔm lɔm", "ndzɔŋɔchwaʔakaa_wo",
        "ndzɔŋefwoo",
    ]),
    ("ak", [
        "ɔpɛpɔn", "ɔgyefoɔ", "ɔbɛnem", "oforisuo", "kɔtɔnimma", "ayɛwohomumu", "kutawonsa", "ɔsanaa", "ɛbɔ",
        "ahinime", "obubuo", "ɔpɛnimma",
    ]),
    ("apc", [
        "كانون_التاني", "", "", "", "", "", "", "", "", "", "تشرين_التاني", "",
    ]),
    ("bal", [
        "", "پروری", "", "اپرێل", "ميیی", "", "جۆلایی جۆل", "", "ستم", "", "نيومبر نيوم", "",
    ]),
    ("bal_Latn", [
        "janwari", "parwari", "", "", "", "", "jolai", "agast", "satambar", "aktubar", "nawambar", "dasambar",
    ]),
    ("bas", [
        "kɔndɔŋ kɔn", "macɛl", "matumb", "matop", "mpuyɛ", "hilondɛ", "njeba", "hikaŋ", "dipɔs", "bioom", "mayɛsep",
        "libuy_li_nyee liɓ",
    ]),
    ("bem", [
        "", "", "", "epreo", "", "", "", "ogasti", "", "", "", "",
    ]),
    ("bgc", [
        "", "फरवरी", "", "", "", "", "", "", "सितम्बर", "", "नवम्बर", "",
    ]),
    ("blo", [
        "ɩjikawǝrka_kaŋɔrɔ", "ɩjikpaka_kaŋɔrɔ", "arɛcika_kaŋɔrɔ", "njɩbɔ_nɖʊka_kaŋɔrɔ", "acafʊnɖuka_kaŋɔrɔ",
        "anɔɔɖuka_kaŋɔrɔ", "alalaka_kaŋɔrɔ", "ɩjikǝuka_kaŋɔrɔ", "abofʊmka_kaŋɔrɔ fʊm", "ɩjicimka_kaŋɔrɔ",
        "acapomka_kaŋɔrɔ", "anɔɔbʊnka_kaŋɔrɔ bʊn",
    ]),
    ("bm", [
        "zanwuye", "feburuye", "marisi", "awirili", "", "zuwɛn", "zuluye", "", "sɛtanburu sɛt", "ɔkutɔburu ɔku",
        "nowanburu", "desanburu",
    ]),
    ("brx", [
        "जानुवारी जान", "फेब्रूवारी फेब", "", "", "", "", "", "आगष्ट", "सेप्थेम्बर सेप", "अक्टबर अक्ट",
        "नवेम्बर नवे", "",
    ]),
    ("byn", [
        "ልደትሪ ልደት", "ካብኽብቲ ካብኽ", "ክብላ", "ፋጅኺሪ ፋጅኺ", "ክቢቅሪ ክቢቅ", "ምኪኤል_ትጟኒሪ", "ኰርኩ", "ማርያም_ትሪ ማርያ", "ያኸኒ_መሳቅለሪ ያኸኒ",
        "መተሉ", "ምኪኤል_መሽወሪ", "ተሕሳስሪ ተሕሳ",
    ]),
    ("cad", [
        "chaykahday_haˀimay", "tsahkapbiˀ", "wanit", "hashnihtiˀtiˀ", "hashnih_haˀimay", "hashnihtsiˀ",
        "nasˀahˀatsus", "dahosikah_nish", "hiisikah_nish", "nipbaatiˀtiˀ", "nipbaa_haˀimay", "chaykahdaytiˀtiˀ",
    ]),
    ("cch", [
        "pen_dyon", "pen_baa", "pen_atat", "pen_anas", "pen_atyon", "pen_achirim", "pen_atariba", "pen_awurr",
        "pen_shadon", "pen_shakur", "pen_kur_naba", "pen_kur_natat",
    ]),
    ("ccp", [
        "𑄎𑄚𑄪𑄠𑄢𑄨 𑄎𑄚𑄪", "𑄜𑄬𑄛𑄴𑄝𑄳𑄢𑄪𑄠𑄢𑄨 𑄜𑄬𑄛𑄴", "𑄟𑄢𑄴𑄌𑄧", "𑄃𑄬𑄛𑄳𑄢𑄨𑄣𑄴", "", "𑄎𑄪𑄚𑄴", "𑄎𑄪𑄣𑄭", "𑄃𑄉𑄧𑄌𑄴𑄑𑄴", "𑄥𑄬𑄛𑄴𑄑𑄬𑄟𑄴𑄝𑄧𑄢𑄴",
        "𑄃𑄧𑄇𑄴𑄑𑄬𑄝𑄧𑄢𑄴 𑄃𑄧𑄇𑄴𑄑𑄮𑄝𑄧𑄢𑄴", "𑄚𑄧𑄞𑄬𑄟𑄴𑄝𑄧𑄢𑄴", "𑄓𑄨𑄥𑄬𑄟𑄴𑄝𑄧𑄢𑄴 𑄓𑄨𑄥𑄬𑄟𑄴𑄝𑄢𑄴",
    ]),
    ("cgg", [
        "okwokubanza", "okwakabiri", "okwakashatu", "okwakana", "okwakataana", "okwamukaaga", "okwamushanju",
        "okwamunaana", "okwamwenda", "okwaikumi", "okwaikumi_na_kumwe", "okwaikumi_na_ibiri",
    ]),
    ("chr", [
        "ꭴꮓꮈꮤꮕ", "ꭷꭶꮅ", "ꭰꮕᏹ", "ꭷꮼꮒ", "ꭰꮒꮝꭼꮨ", "ꮥꭽꮇᏹ", "ꭻᏸꮙꮒ", "ꭶꮆꮒ", "ꮪꮅꮝꮧ", "ꮪꮒꮕꮧ", "ꮕꮣꮥꮖ", "ꭵꮝꭹᏹ",
    ]),
    ("cic", [
        "hashi_ammona", "hashi_atoklo", "hashi_atochchina", "iiplal", "", "choon", "choola", "akaas", "siptimpa",
        "aaktopa", "nofimpa", "tiisimpa",
    ]),
    ("csw", [
        "ᐅᒉᒥᑮᓯᑳᐏᐲᓯᒼ", "ᐸᐚᐦᒐᑭᓇᓰᐢ", "ᒥᑭᓯᐏᐲᓯᒼ", "ᓂᐢᑭᐲᓯᒼ", "ᐊᓃᑭᐲᓯᒼ", "ᐚᐏᐲᓯᒼ", "ᐹᐢᑲᐦᐋᐏᐲᓯᒼ", "ᐅᐸᐦᐅᐏᐲᓯᒼ", "ᓄᒌᑐᐏᐲᓯᒼ",
        "ᐱᓈᐢᑯᐏᐲᓯᒼ", "ᐋᕽᐘᑎᓄᐏᐲᓯᒼ", "ᒪᑯᓭᑮᓭᑳᐏᐲᓯᒼ",
    ]),
    ("cu", [
        "і҆аннꙋаріа і҆аннꙋаріи і҆аⷩ҇", "феврꙋаріа феврꙋаріи феⷡ҇", "мартъ маⷬ҇", "а҆прілліа а҆прілліи а҆пⷬ҇",
        "маіа маіи маꙵ", "і҆ꙋніа і҆ꙋніи і҆ꙋⷩ҇", "і҆ꙋліа і҆ꙋліи і҆ꙋⷧ҇", "а҆ѵгꙋста а҆ѵгꙋстъ а҆ѵⷢ҇",
        "септемвріа септемвріи сеⷫ҇", "ѻ҆ктѡвріа ѻ҆ктѡвріи ѻ҆кⷮ", "ноемвріа ноемвріи ноеⷨ",
        "декемвріа декемвріи деⷦ҇",
    ]),
    ("dav", [
        "mori_ghwa_imbiri", "mori_ghwa_kawi", "mori_ghwa_kadadu", "mori_ghwa_kana", "mori_ghwa_kasanu",
        "mori_ghwa_karandadu", "mori_ghwa_mfungade", "mori_ghwa_wunyanya", "mori_ghwa_ikenda", "mori_ghwa_ikumi", "",
        "",
    ]),
    ("dje", [
        "zanwiye", "feewiriye", "", "awiril", "", "zuweŋ", "zuyye", "", "sektanbur", "oktoobur", "noowanbur",
        "deesanbur",
    ]),
    ("doi", [
        "", "", "", "", "मेई", "", "", "", "", "अक्तूबर अक्तू", "", "",
    ]),
    ("dua", [
        "dimɔdi", "ŋgɔndɛ ŋgɔn", "sɔŋɛ sɔŋ", "diɓaɓa diɓ", "emiasele", "esɔpɛsɔpɛ esɔ", "madiɓɛdiɓɛ", "diŋgindi",
        "nyɛtɛki nyɛt", "mayesɛ", "tinini", "elaŋgɛ",
    ]),
    ("dyo", [
        "sanvie", "febirie", "", "aburil", "", "", "suuyee", "", "settembar", "", "", "disambar",
    ]),
    ("ebu", [
        "mweri_wa_mbere", "mweri_wa_kairi", "mweri_wa_kathatu", "mweri_wa_kana", "mweri_wa_gatano",
        "mweri_wa_gatantatu", "mweri_wa_mugwanja", "mweri_wa_kanana", "mweri_wa_kenda", "mweri_wa_ikumi", "", "",
    ]),
    ("ee", [
        "dzove", "dzodze", "tedoxe", "afɔfie afɔ", "", "", "siamlɔm", "deasiamime", "anyɔnyɔ", "", "adeɛmekpɔxe",
        "dzome",
    ]),
    ("ewo", [
        "ngɔn_osu", "ngɔn_bɛ", "ngɔn_lala", "ngɔn_nyina", "ngɔn_tana", "ngɔn_saməna", "ngɔn_zamgbala", "ngɔn_mwom",
        "ngɔn_ebulu", "ngɔn_awom", "", "",
    ]),
    ("ff", [
        "siilo", "colte", "mbooy", "seeɗto", "duujal", "korse", "morso", "", "siilto", "yarkomaa", "jolal", "bowte",
    ]),
    ("ff_Adlm", [
        "𞤧𞤭𞥅𞤤𞤮 𞤧𞤭𞥅𞤤", "𞤷𞤮𞤤𞤼𞤮 𞤷𞤮𞤤", "𞤲𞤦𞤮𞥅𞤴𞤮 𞤲𞤦𞤮𞥅𞤴", "𞤧𞤫𞥅𞤼𞤮 𞤧𞤫𞥅𞤼", "𞤣𞤵𞥅𞤶𞤮 𞤣𞤵𞥅𞤶", "𞤳𞤮𞤪𞤧𞤮 𞤳𞤮𞤪", "𞤥𞤮𞤪𞤧𞤮 𞤥𞤮𞤪", "𞤶𞤵𞤳𞤮 𞤶𞤵𞤳",
        "𞤧𞤭𞤤𞤼𞤮 𞤧𞤭𞤤", "𞤴𞤢𞤪𞤳𞤮 𞤴𞤢𞤪", "𞤶𞤮𞤤𞤮 𞤶𞤮𞤤", "𞤦𞤮𞤱𞤼𞤮 𞤦𞤮𞤱",
    ]),
    ("frr", [
        "janewoore", "febrewoore", "maarts", "", "", "juune", "juule", "", "", "oktuuber", "nofember", "",
    ]),
    ("gaa", [
        "aharabata", "oflɔ", "otsokrikri", "abɛibe", "agbiɛnaa", "otukwajaŋ otukwajan", "maawɛ", "manyawale", "",
        "antɔŋ", "alemle", "afuabe",
    ]),
    ("gez", [
        "ጠሐረ", "ከተተ", "መገበ", "አኀዘ", "ግንባት", "ሠንየ", "ሐመለ", "ነሐሰ", "ከረመ", "ጠቀመ", "ኀደረ", "ኀሠሠ",
    ]),
    ("gn", [
        "jasytei", "jasykoi", "jasyapy", "jasyrundy", "jasypo", "jasypotei", "jasypokoi", "jasypoapy", "jasyporundy",
        "jasypa", "jasypatei", "jasypakoi",
    ]),
    ("guz", [
        "chanuari", "feburari", "", "apiriri", "", "", "chulai", "", "", "okitoba", "nobemba", "",
    ]),
    ("gv", [
        "jerrey_geuree j_guer", "toshiaght_arree t_arree", "mayrnt", "averil avrril", "boaldyn",
        "mean_souree m_souree", "jerrey_souree j_souree", "luanistyn", "mean_fouyir m_fouyir",
        "jerrey_fouyir j_fouyir", "mee_houney m_houney", "mee_ny_nollick m_nollick",
    ]),
    ("ha_Arab", [
        "جنير", "ڢبرير", "مرس", "اڢرل اڢر", "", "يون", "يول", "اغست", "ستمب", "اكتوب اكت", "نومب", "دسمب",
    ]),
    ("hnj", [
        "", "𞄛𞄨𞄱𞄄𞄤𞄲𞄨", "𞄒𞄫𞄰𞄒𞄪𞄱", "𞄤𞄨𞄱", "𞄀𞄪𞄴", "𞄛𞄤𞄱𞄞𞄤𞄦", "𞄔𞄩𞄴𞄆𞄨𞄰", "𞄕𞄩𞄲𞄔𞄄𞄰𞄤", "𞄛𞄤𞄱𞄒𞄤𞄰", "𞄪𞄱𞄀𞄤𞄴", "𞄚𞄦𞄲𞄤𞄚𞄄𞄰𞄫", "𞄒𞄩𞄱𞄔𞄬𞄴",
    ]),
    ("ie", [
        "", "", "marte", "", "", "", "", "", "", "", "", "",
    ]),
    ("ii", [
        "", "", "", "", "", "", "", "", "", "", "ꊯꊪꆪ", "ꊰꑋꆪ",
    ]),
    ("iu", [
        "ᔭᓐᓄᐊᓕ", "ᕕᕝᕗᐊᓕ", "ᒫᑦᓯ", "ᐊᐃᑉᐳᓗ", "", "", "ᔪᓚᐃ", "ᐊᐅᒡᒍᓯ", "ᓯᑎᐱᕆ", "ᐆᑦᑑᕝᕙ", "ᓄᕕᐱᕆ", "ᑎᓯᐱᕆ",
    ]),
    ("jgo", [
        "nduŋmbi_saŋ", "pɛsaŋ_pɛpa", "pɛsaŋ_pɛtat", "pɛsaŋ_pɛnɛkwa", "pɛsaŋ_pataa", "pɛsaŋ_pɛnɛntuku",
        "pɛsaŋ_saamba", "pɛsaŋ_pɛnɛfɔm", "pɛsaŋ_pɛnɛpfuꞌu", "pɛsaŋ_nɛgɛm", "pɛsaŋ_ntsɔpmɔ", "pɛsaŋ_ntsɔppa",
    ]),
    ("jmc", [
        "", "", "", "aprilyi", "", "junyi", "julyai", "agusti", "", "", "", "",
    ]),
    ("kab", [
        "yennayer", "furar", "meɣres meɣ", "yebrir", "mayyu", "yunyu", "yulyu", "ɣuct ɣuc", "ctember", "tuber",
        "nunember", "dugember",
    ]),
    ("kaj", [
        "hywan_ayrnig", "hywan_ahwa", "hywan_atat", "hywan_anaai", "hywan_apfwon", "hywan_akitat", "hywan_atyirin",
        "hywan_aninai", "hywan_akumviriyin", "hywan_swak", "hywan_swak_bayrnig", "hywan_swak_bahwa",
    ]),
    ("kam", [
        "mwai_wa_mbee", "mwai_wa_keli", "mwai_wa_katatu", "mwai_wa_kana", "mwai_wa_katano", "mwai_wa_thanthatu",
        "mwai_wa_muonza", "mwai_wa_nyaanya", "mwai_wa_kenda", "mwai_wa_ikumi", "", "",
    ]),
    ("kcg", [
        "zwat_juwung", "zwat_swiyang", "zwat_tsat", "zwat_nyai", "zwat_tswon", "zwat_ataah", "zwat_anatat",
        "zwat_arinai", "zwat_akubunyung", "zwat_swag", "zwat_mangjuwang", "",
    ]),
    ("kde", [
        "mwedi_ntandi", "mwedi_wa_pili", "mwedi_wa_tatu", "mwedi_wa_nchechi", "mwedi_wa_nnyano", "", "", "", "", "",
        "", "",
    ]),
    ("kea", [
        "janeru", "", "marsu", "", "", "junhu", "julhu", "", "setenbru", "otubru", "nuvenbru", "dizenbru",
    ]),
    ("ki", [
        "njenuari", "mwere_wa_keri", "mwere_wa_gatatu", "mwere_wa_kana", "mwere_wa_gatano", "mwere_wa_gatandatu",
        "mwere_wa_mugwanja", "mwere_wa_kanana", "mwere_wa_kenda", "mwere_wa_ikumi", "", "ndithemba",
    ]),
    ("kk_Arab", [
        "قاڭتار", "اقپان", "ناۋرىز", "ءساۋىر", "مامىر", "ماۋسىم", "شىلدە", "تامىز", "قىركۇيەك", "قازان", "قاراشا",
        "جەلتوقسان",
    ]),
    ("kkj", [
        "pamba", "wanja", "mbiyɔ_mɛndoŋgɔ", "nyɔlɔmbɔŋgɔ", "mɔnɔ_ŋgbanja", "nyaŋgwɛ_ŋgbanja", "kuŋgwɛ", "", "njapi",
        "nyukul", "", "ɓulɓusɛ",
    ]),
    ("kln", [
        "mulgul", "ngatyaato", "kiptaamo", "iwootkuut", "mamuut", "paagi", "ngeiyeet", "rooptui", "bureet", "epeeso",
        "kipsuunde_ne_taai", "kipsuunde_nebo_aeng",
    ]),
    ("kok_Latn", [
        "janer", "", "", "", "", "", "", "", "setembr", "otubr", "novembr", "dezembr",
    ]),
    ("ks_Deva", [
        "", "", "", "", "", "", "", "", "सतमबर सतुंबर", "अकतुम्बर", "नवमबर नवूमबर", "दसमबर दसूमबर",
    ]),
    ("ksb", [
        "januali", "febluali", "", "aplili", "", "", "", "", "", "", "", "",
    ]),
    ("ksf", [
        "ŋwii_a_ntɔntɔ", "ŋwii_akǝ_bɛɛ", "ŋwii_akǝ_raa", "ŋwii_akǝ_nin", "ŋwii_akǝ_taan", "ŋwii_akǝ_taafɔk",
        "ŋwii_akǝ_taabɛɛ", "ŋwii_akǝ_taaraa", "ŋwii_akǝ_taanin", "ŋwii_akǝ_ntɛk", "", "",
    ]),
    ("ksh", [
        "jannewa", "fabrowa", "", "aprell", "", "", "", "oujoss", "", "oktohber", "", "",
    ]),
    ("kw", [
        "mis_genver", "mis_hwevrer", "mis_meurth", "mis_ebrel", "mis_me", "mis_metheven", "mis_gortheren", "mis_est",
        "mis_gwynngala", "mis_hedra", "mis_du", "mis_kevardhu",
    ]),
    ("kxv", [
        "pusu_lenju", "maha_lenju", "pagu_lenju", "hire_lenju", "bese_lenju", "jatta_lenju jatta",
        "aasadi_lenju aasadi", "srabi_lenju srabi", "bado_lenju", "dasara_lenju dasara", "divi_lenju",
        "pande_lenju pande",
    ]),
    ("kxv_Deva", [
        "पुसु_लेञ्जु पुसु", "माहाका_लेञ्जु माहा", "पागुणी_लेञ्जु पागु", "हिरे_लेञ्जु हिर्रे", "बेसे_लेञ्जु बेसे",
        "जाटा_लेञ्जु जाट्टा", "आसाड़ी_लेञ्जु आसाड़ी", "स्राबाँ_लेञ्जु स्राबाँ", "बोदो_लेञ्जु बाॅदो",
        "दसारा_लेञ्जु दासारा", "दिवी_लेञ्जु दिवी", "पान्डे_लेञ्जु पान्डे",
    ]),
    ("kxv_Orya", [
        "ପୁସୁ_ଲେଞ୍ଜୁ ପୁସୁ", "ମାହାକା_ଲେଞ୍ଜୁ ମାହା", "ପାଗୁଣି_ଲେଞ୍ଜୁ ପାଗୁ", "ହିରେ_ଲେଞ୍ଜୁ ହିରେ", "ବେସେ_ଲେଞ୍ଜୁ ବେସେ",
        "ଜାଟା_ଲେଞ୍ଜୁ ଜାଟା", "ଆସାଡ଼ି_ଲେଞ୍ଜୁ ଆସାଡ଼ି", "ସ୍ରାବାଁ_ଲେଞ୍ଜୁ ସ୍ରାବାଁ", "ବଦ_ଲେଞ୍ଜୁ", "ଦାସାରା_ଲେଞ୍ଜୁ ଦାସାରା",
        "ଦିୱିଡ଼ି_ଲେଞ୍ଜୁ ଦିୱି", "ପାଣ୍ଡେ_ଲେଞ୍ଜୁ ପାଣ୍ଡେ",
    ]),
    ("kxv_Telu", [
        "మాగ", "గుండు", "హిరెఇ", "బెసెకి", "లండి", "రాత", "బాన్దపాణా", "బార్సి", "అస్ర", "దివెడి", "పాండు", "పుసు",
    ]),
    ("lag", [
        "kʉfungatɨ fungatɨ", "kʉnaanɨ naanɨ", "kʉkeenda keenda", "kwiikumi ikumi", "kwiinyambala inyambala",
        "kwiidwaata idwaata", "kʉmʉʉnchɨ mʉʉnchɨ", "kʉvɨɨrɨ vɨɨrɨ", "kʉsaatʉ saatʉ", "kwiinyi", "kʉsaano saano",
        "kʉsasatʉ sasatʉ",
    ]),
    ("lg", [
        "janwaliyo", "febwaliyo", "", "apuli", "maayi", "", "julaayi", "agusito", "sebuttemba", "okitobba", "", "",
    ]),
    ("lkt", [
        "wiothehika_wi", "thiyoheyuŋka_wi", "istawichayazaŋ_wi", "phezitho_wi", "chaŋwapetho_wi",
        "wipazukha_waste_wi", "chaŋphasapa_wi", "wasuthuŋ_wi", "chaŋwapegi_wi", "chaŋwape_kasna_wi", "waniyetu_wi",
        "thahekapsuŋ_wi",
    ]),
    ("lmo", [
        "sginer", "fevrer", "", "", "", "sgiugn", "", "", "", "otover", "", "dicember",
    ]),
    ("ln", [
        "sanza_ya_yambo", "sanza_ya_mibale", "sanza_ya_misato", "sanza_ya_minei", "sanza_ya_mitano",
        "sanza_ya_motoba", "sanza_ya_nsambo", "sanza_ya_mwambe", "sanza_ya_libwa", "sanza_ya_zomi ɔtb", "", "",
    ]),
    ("lrc", [
        "جانڤیە", "فيڤریە", "", "اڤریل", "", "جوٙان", "جوٙلا", "اگوست", "سيپتامر", "يوکتوڤر", "نوڤامر", "ديسامر",
    ]),
    ("ltg", [
        "janvars", "februars", "", "aprels", "", "", "", "", "", "", "", "",
    ]),
    ("lu", [
        "ciongo", "luishi", "lusolo", "muuya", "lumungulu", "lufuimi", "kabalashipu", "lushika", "lutongolo",
        "lungudi", "kaswekese", "ciswa",
    ]),
    ("luo", [
        "dwe_mar_achiel", "dwe_mar_ariyo", "dwe_mar_adek", "dwe_mar_angwen", "dwe_mar_abich", "dwe_mar_auchiel",
        "dwe_mar_abiriyo", "dwe_mar_aboro", "dwe_mar_ochiko", "dwe_mar_apar", "", "",
    ]),
    ("mas", [
        "oladalʉ", "", "ɔɛnɨɔɨŋɔk ɔɛn", "olodoyiorie_inkokua", "oloilepunyie_inkokua", "kujuɔrɔk", "morusasin",
        "ɔlɔɨbɔrarɛ bɔr", "kushin", "olgisan", "pʉshʉka shʉ", "ntʉŋʉs ntʉ",
    ]),
    ("mer", [
        "", "feburuari", "", "ipuru", "", "njuni", "njurai", "", "", "oktuba", "", "dicemba",
    ]),
    ("mfe", [
        "zanvie", "fevriye", "", "", "", "", "zilye", "", "septam", "oktob", "novam", "desam",
    ]),
    ("mgh", [
        "mweri_wo_kwanza", "mweri_wo_unayeli", "mweri_wo_uneraru", "mweri_wo_unecheshe", "mweri_wo_unethanu", "",
        "mweri_wo_saba", "mweri_wo_nane", "mweri_wo_tisa", "mweri_wo_kumi", "", "",
    ]),
    ("mgo", [
        "iməg_mbegtug mbegtug", "imeg_abubi", "imeg_mbəŋchubi", "iməg_ngwət", "iməg_fog", "iməg_ichiibɔd",
        "iməg_adumbəŋ", "iməg_ichika", "iməg_kud", "iməg_tesie", "iməg_zo", "iməg_krizmed",
    ]),
    ("mn_Mong", [
        "ᠨᠢᠭᠡᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠ ᠨᠢᠭᠡᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠᠢᠢᠨ ᠤᠨᠢᠭᠡᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠ", "ᠬᠣᠶᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷ_ᠠ ᠬᠣᠶᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷ_ᠠᠢᠢᠨ ᠤᠬᠣᠶᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷ_ᠠ",
        "ᠭᠣᠷᠪᠡᠳᠣᠭᠠᠷ_ᠰᠠᠷ_ᠠ ᠭᠣᠷᠪᠡᠳᠣᠭᠠᠷ_ᠰᠠᠷ_ᠠᠢᠢᠨ ᠤᠭᠣᠷᠪᠡᠳᠣᠭᠠᠷ_ᠰᠠᠷ_ᠠ",
        "ᠳᠥᠷᠪᠡᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠ ᠳᠥᠷᠪᠡᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠᠢᠢᠨ ᠤᠳᠥᠷᠪᠡᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠ", "ᠲᠠᠪᠣᠳᠣᠭᠠᠷ_ᠰᠠᠷ_ᠠ ᠲᠠᠪᠣᠳᠣᠭᠠᠷ_ᠰᠠᠷ_ᠠᠢᠢᠨ ᠤᠲᠠᠪᠣᠳᠣᠭᠠᠷ_ᠰᠠᠷ_ᠠ",
        "ᠵᠢᠷᠭᠣᠭᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠ ᠵᠢᠷᠭᠣᠭᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠᠢᠢᠨ ᠤᠵᠢᠷᠭᠣᠭᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠ",
        "ᠲᠣᠯᠣᠭᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠ ᠲᠣᠯᠣᠭᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠᠢᠢᠨ ᠤᠲᠣᠯᠣᠭᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠ",
        "ᠨᠠᠢᠮᠠᠳᠥᠭᠠᠷ_ᠰᠠᠷᠠ ᠨᠠᠢᠮᠠᠳᠥᠭᠠᠷ_ᠰᠠᠷᠠᠢᠢᠨ ᠤᠨᠠᠢᠮᠠᠳᠥᠭᠠᠷ_ᠰᠠᠷᠠ", "ᠶᠢᠰᠥᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠ ᠶᠢᠰᠥᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠᠢᠢᠨ ᠤᠶᠢᠰᠥᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠ",
        "ᠠᠷᠪᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠ ᠠᠷᠪᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠᠢᠢᠨ ᠤᠠᠷᠪᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠ",
        "ᠠᠷᠪᠠᠨ_ᠨᠢᠭᠡᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠ ᠠᠷᠪᠠᠨ_ᠨᠢᠭᠡᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠᠢᠢᠨ ᠤᠠᠷᠪᠠᠨ_ᠨᠢᠭᠡᠳᠥᠭᠡᠷ_ᠰᠠᠷᠠ",
        "ᠠᠷᠪᠠᠨ_ᠬᠣᠶᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠ ᠠᠷᠪᠠᠨ_ᠬᠣᠶᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠᠢᠢᠨ ᠤᠠᠷᠪᠠᠨ_ᠬᠣᠶᠠᠳᠣᠭᠠᠷ_ᠰᠠᠷᠠ",
    ]),
    ("mni", [
        "জনুৱারী জানুৱারি", "ফেব্রুৱারি ফেব্রু", "মার", "", "", "", "জুলা", "ওগষ্ট", "সেপ্ট", "ওক্টোবর ওক্টো",
        "নবেম্বর", "",
    ]),
    ("mua", [
        "fii_loo", "cokcwaklaŋne", "cokcwaklii", "fii_marfoo", "madǝǝuutǝbijaŋ", "mamǝŋgwaafahbii", "mamǝŋgwaalii",
        "madǝmbii", "fii_dǝɓlii", "fii_mundaŋ", "fii_gwahlle", "fii_yuru",
    ]),
    ("mus", [
        "rvfo_cuse", "hotvle_hvse", "tasahcuce", "tasahce_rakko", "ke_hvse", "kvco_hvse", "hiyuce", "hiyo_rakko",
        "otowoskuce", "otowoskv_rakko", "ehole", "rvfo_rakko",
    ]),
    ("myv", [
        "якшамков якш", "даволков дав", "эизюрков эиз", "чадыков чад", "панжиков пан", "аштемков ашт", "медьков мед",
        "умарьков ума", "таштамков таш", "ожоков ожо", "сундерьков сун", "ацамков аца",
    ]),
    ("naq", [
        "ǃkhanni", "ǃkhanǀgoab", "ǀkhuuǁkhab", "ǃhoaǂkhaib", "ǃkhaitsab", "gamaǀaeb", "ǂkhoesaob", "aoǁkhuumuǁkhab",
        "taraǀkhuumuǁkhab", "ǂnuǁnaiseb", "ǀhooǂgaeb", "hoasoreǁkhab",
    ]),
    ("nd", [
        "zibandlela", "nhlolanja", "mbimbitho", "mabasa", "nkwenkwezi", "nhlangula", "ntulikazi", "ncwabakazi",
        "mpandula", "mfumfu", "lwezi", "mpalakazi",
    ]),
    ("nmg", [
        "ngwɛn_matahra", "ngwɛn_nmba", "ngwɛn_nlal", "ngwɛn_nna", "ngwɛn_ntan", "ngwɛn_ntuo", "ngwɛn_hɛmbuɛri",
        "ngwɛn_lɔmbi", "ngwɛn_rɛbvua", "ngwɛn_wum", "ngwɛn_wum_navur", "krisimin",
    ]),
    ("nnh", [
        "saŋ_tsetsɛɛ_lum", "saŋ_kag_ngwoŋ", "saŋ_lepye_shum", "saŋ_cyo", "saŋ_tsɛɛ_cyo", "saŋ_njyola", "",
        "saŋ_mbʉŋ", "saŋ_ngwɔ_mbyɛ", "saŋ_taŋa_tsetsa", "saŋ_mejwoŋo", "saŋ_lum",
    ]),
    ("nqo", [
        "ߓߌ߲ߠߊߥߎߟߋ߲ ߓߌ߲ߠ", "ߞߏ߲ߞߏߜߍ ߞߏ߲ߞ", "ߕߙߊߓߊ ߕߙߊ", "ߞߏ߲ߞߏߘߌ߬ߓߌ ߞߏ߲ߘ", "ߘߓߊ߬ߕߊ ߘߓߊ߬ߕ", "ߥߊ߬ߛߌ߬ߥߙߊ ߥߊ߬ߛ",
        "ߞߊ߬ߙߌߝߐ߭ ߞߊ߬ߙ", "ߘߓߊ߬ߓߌߟߊ ߘߓߊ߬ߓ", "ߕߎߟߊߝߌ߲", "ߞߏ߲ߓߌߕߌ߮ ߞߏ߲ߓ", "ߣߍߣߍߓߊ ߣߍߣ", "ߞߏߟߌ߲ߞߏߟߌ߲ ߞߏߟ",
    ]),
    ("nr", [
        "janabari", "ufeberbari", "umatjhi", "u_apreli", "", "", "", "arhostosi", "", "", "usinyikhaba", "",
    ]),
    ("nso", [
        "janeware phere", "febereware", "matshe", "aporele", "", "", "julae", "agosetose", "setemere",
        "oktobore dipha", "nofemere", "disemere manth",
    ]),
    ("nus", [
        "tiop_thar_pɛt", "pɛt", "duɔɔŋ duɔɔ", "", "", "kornyoot", "pay_yietni", "thoor", "tɛɛr tɛɛ", "laath", "",
        "tiop_in_diit",
    ]),
    ("ny", [
        "januwale", "febuluwale", "malichi", "epulo", "", "", "", "ogasiti", "seputemba", "okutoba", "", "",
    ]),
    ("om", [
        "amajjii", "guraandhala", "bitootessa", "eebila", "caamsaa", "waxabajjii", "adoolessa", "hagayya",
        "fulbaana", "onkoloolessa", "sadaasa", "mudde",
    ]),
    ("osa", [
        "𐓨𐓣𐓪𐓬𐓘_𐓬𐓘𐓡𐓛𐓧𐓟 𐓬𐓘𐓡𐓛𐓧𐓟", "𐓨𐓣𐓪𐓬𐓘_𐓷𐓟𐓵𐓪𐓬𐓘 𐓵𐓪𐓬𐓘", "𐓨𐓣𐓪𐓬𐓘_𐓷𐓟𐓵𐓘𐓜𐓣 𐓵𐓘𐓜𐓣", "𐓨𐓣𐓪𐓬𐓘_𐓷𐓟𐓰𐓪𐓬𐓘 𐓰𐓪𐓬𐓘", "𐓨𐓣𐓪𐓬𐓘_𐓷𐓟𐓮𐓘𐓰𐓘 𐓮𐓘𐓰𐓘",
        "𐓨𐓣𐓪𐓬𐓘_𐓷𐓟𐓯𐓘𐓬𐓟 𐓯𐓘𐓬𐓟", "𐓨𐓣𐓪𐓬𐓘_𐓬𐓟𐓵𐓪𐓬𐓘 𐓬𐓟𐓵𐓪𐓬𐓘", "𐓨𐓣𐓪𐓬𐓘_𐓤𐓣𐓟𐓰𐓪𐓬𐓘 𐓤𐓣𐓟𐓰𐓪𐓬𐓘", "𐓨𐓣𐓪𐓬𐓘_𐓧𐓟𐓜𐓛𐓲𐓟𐓷𐓣𐓤𐓟 𐓧𐓟𐓜𐓛𐓲𐓟𐓷𐓣𐓤𐓟",
        "𐓨𐓣𐓪𐓬𐓘_𐓧𐓟𐓜𐓛 𐓧𐓟𐓜𐓛", "𐓨𐓣𐓪𐓬𐓘_𐓘𐓧𐓣_𐓷𐓣𐓸𐓲𐓣 𐓘𐓧𐓣_𐓷𐓣𐓸𐓲𐓣", "𐓨𐓣𐓪𐓬𐓘_𐓘𐓧𐓣_𐓵𐓪𐓬𐓘 𐓘𐓧𐓣_𐓵𐓪𐓬𐓘",
    ]),
    ("pap", [
        "yanuari", "", "", "", "", "", "", "ougustus", "", "", "", "",
    ]),
    ("pcm", [
        "jenuari", "febuari", "", "eprel", "", "", "", "ogost", "", "", "", "",
    ]),
    ("pis", [
        "januare", "febuare", "", "", "", "", "", "", "", "", "", "",
    ]),
    ("prg", [
        "", "wassarins", "pulis", "sakkis", "zallaws", "simenis", "", "daggis", "sillins", "spallins", "lapkrutis",
        "sallaws",
    ]),
    ("rif", [
        "", "febrayer", "", "yebril", "", "", "yulyuz", "ɣucct", "cutenber", "ktuber", "nuwember", "dujember",
    ]),
    ("rn", [
        "nzero", "ruhuhuma", "ntwarante", "ndamukiza", "rusama", "ruheshi", "mukakaro", "nyandagaro", "", "gitugutu",
        "munyonyo", "kigarama",
    ]),
    ("rof", [
        "mweri_wa_kwanza", "mweri_wa_kaili", "mweri_wa_katatu", "mweri_wa_kaana", "mweri_wa_tanu", "mweri_wa_sita",
        "mweri_wa_saba", "mweri_wa_nane", "mweri_wa_tisa", "", "", "",
    ]),
    ("saq", [
        "lapa_le_obo", "lapa_le_waare", "lapa_le_okuni", "lapa_le_ongwan", "lapa_le_imet", "lapa_le_ile",
        "lapa_le_sapa", "lapa_le_isiet", "lapa_le_saal", "lapa_le_tomon", "", "",
    ]),
    ("sat", [
        "ᱡᱟᱱᱣᱟᱨᱤ ᱡᱟᱱ", "ᱯᱷᱟᱨᱣᱟᱨᱤ ᱯᱷᱟ", "ᱢᱟᱨᱪ ᱢᱟᱨ", "ᱟᱯᱨᱮᱞ ᱟᱯᱨ", "", "ᱡᱩᱱ", "ᱡᱩᱞᱟᱭ ᱡᱩᱞ", "ᱟᱜᱟᱥᱛ ᱟᱜᱟ", "ᱥᱮᱯᱴᱮᱢᱵᱟᱨ ᱥᱮᱯ",
        "ᱚᱠᱴᱚᱵᱟᱨ ᱚᱠᱴ", "ᱱᱟᱣᱟᱢᱵᱟᱨ ᱱᱟᱣ", "ᱫᱤᱥᱟᱢᱵᱟᱨ ᱫᱤᱥ",
    ]),
    ("sbp", [
        "mupalangulwa", "mwitope", "mushende", "munyi", "mushende_magali", "mujimbi", "mushipepo", "mupuguto",
        "munyense", "mokhu", "musongandembwe", "muhaano",
    ]),
    ("sd_Deva", [
        "", "फेबरवरी", "मार्चु", "अप्रेल अप्रै", "", "", "जुला", "आगस्ट", "सप्टे", "आक्टोबर", "नवं", "डिसंबर डिसं",
    ]),
    ("seh", [
        "", "fevreiro", "", "", "", "", "", "", "", "otubro", "", "",
    ]),
    ("sg", [
        "nyenye", "fulundigi", "mbangu", "ngubue", "belawu", "fondo", "lengua", "kukuru", "mvuka", "ngberere",
        "nabanduru", "kakauka",
    ]),
    ("shi", [
        "ⵉⵏⵏⴰⵢⵔ ⵉⵏⵏ", "ⴱⵕⴰⵢⵕ ⴱⵕⴰ", "ⵎⴰⵕⵚ ⵎⴰⵕ", "ⵉⴱⵔⵉⵔ ⵉⴱⵔ", "ⵎⴰⵢⵢⵓ ⵎⴰⵢ", "ⵢⵓⵏⵢⵓ ⵢⵓⵏ", "ⵢⵓⵍⵢⵓⵣ ⵢⵓⵍ", "ⵖⵓⵛⵜ ⵖⵓⵛ",
        "ⵛⵓⵜⴰⵏⴱⵉⵔ ⵛⵓⵜ", "ⴽⵜⵓⴱⵔ ⴽⵜⵓ", "ⵏⵓⵡⴰⵏⴱⵉⵔ ⵏⵓⵡ", "ⴷⵓⵊⴰⵏⴱⵉⵔ ⴷⵓⵊ",
    ]),
    ("shi_Latn", [
        "innayr", "brayr", "", "ibrir", "", "", "", "", "cutanbir", "ktubr", "nuwanbir", "dujanbir",
    ]),
    ("smn", [
        "uddaivemaanu", "kuovamaanu kuova", "njuhcamaanu njuhca", "cuaŋuimaanu cuaŋui", "vyesimaanu vyesi",
        "kesimaanu", "syeinimaanu syeini", "porgemaanu porge", "cohcamaanu cohca", "roovvadmaanu roovvad",
        "skammamaanu skamma", "juovlamaanu juovla",
    ]),
    ("sn", [
        "ndira", "kukadzi", "kurume", "kubvumbi", "chivabvu", "chikumi", "chikunguru", "nyamavhuvhu", "gunyana",
        "gumiguru", "mbudzi", "zvita",
    ]),
    ("ss", [
        "bhimbidvwane", "indlovana", "indlovu_lenkhulu", "", "inkhwekhweti", "inhlaba", "kholwane", "ingci",
        "inyoni", "imphala", "lweti", "ingongoni",
    ]),
    ("syr", [
        "ܟܢܘܢ_ܐܚܪܝܐ ܒܟܢܘܢ_ܐܚܪܝܐ ܟܢܘܢ_ܒ ܒܟܢܘܢ_ܒ", "ܫܒܛ ܒܫܒܛ", "ܐܕܪ ܒܐܕܪ", "ܢܝܣܢ ܒܢܝܣܢ", "ܐܝܪ ܒܐܝܪ", "ܚܙܝܪܢ ܒܚܙܝܪܢ",
        "ܬܡܘܙ ܒܬܡܘܙ", "ܒܐܒ", "ܐܝܠܘܠ ܒܐܝܠܘܠ", "ܬܫܪܝܢ_ܩܕܡܝܐ ܒܬܫܪܝܢ_ܩܕܡܝܐ ܬܫܪܝܢ_ܐ ܒܬܫܪܝܢ_ܐ",
        "ܬܫܪܝܢ_ܐܚܪܝܐ ܒܬܫܪܝܢ_ܐܚܪܝܐ ܬܫܪܝܢ_ܒ ܒܬܫܪܝܢ_ܒ", "ܟܢܘܢ_ܩܕܡܝܐ ܒܟܢܘܢ_ܩܕܡܝܐ ܟܢܘܢ_ܐ ܒܟܢܘܢ_ܐ",
    ]),
    ("teo", [
        "orara", "", "okwamg", "odungel", "omaruk", "omodokkingol", "ojola", "opedel", "osokosokoma", "otibar",
        "olabor", "",
    ]),
    ("tig", [
        "ጃንዩወሪ ጃንዩ", "ፌብሩወሪ ፌብሩ", "", "ኤፕረል ኤፕረ", "", "", "", "", "", "ኦክተውበር ኦክተ", "", "",
    ]),
    ("tpi", [
        "janueri", "februeri", "", "epril", "", "", "", "", "", "", "", "",
    ]),
    ("trv", [
        "kingal_idas", "dha_idas", "tru_idas", "spat_idas", "rima_idas", "mataru_idas", "empitu_idas", "maspat_idas",
        "mngari_idas", "maxal_idas", "maxal_kingal_idas", "maxal_dha_idas",
    ]),
    ("ts", [
        "sunguti", "nyenyenyani", "nyenyankulu", "dzivamisoko", "mudyaxihi", "khotavuxika", "mawuwani", "mhawuri",
        "ndzhati", "", "hukuri", "nwendzamhala",
    ]),
    ("tzm", [
        "", "yebrayer", "", "", "", "", "", "", "", "", "nwanbir", "",
    ]),
    ("vai", [
        "ꖨꖕ_ꕪꕴ_ꔞꔀꕮꕊ ꖨꖕꔞ", "ꕒꕡꖝꖕ", "", "", "", "", "ꖱꕞꔤ", "", "", "", "ꔞꘋꕔꕿ_ꕸꖃꗏ", "ꖨꖕ_ꕪꕴ_ꗏꖺꕮꕊ ꖨꖕꗏ",
    ]),
    ("ve", [
        "phando", "luhuhi", "thafamuhwe", "lambamai", "shundunthule", "fulwi", "fulwana", "thangule", "khubvumedzi",
        "tshimedzi", "", "nyendavhusiku",
    ]),
    ("vec", [
        "jenaro", "febraro", "", "", "", "jugno", "", "", "setenbre", "otobre", "novenbre", "dezenbre",
    ]),
    ("vmw", [
        "janeiru", "fevereiru", "", "", "", "junyu", "julyu", "", "setembru", "outubru", "", "dezembru",
    ]),
    ("vo", [
        "yanul yanula", "febul febula", "mazul mazula", "prilul prilula", "mayul mayula", "yunul yunula",
        "yulul yulula", "gustul gustula", "setul setula", "tobul tobula", "novul novula", "dekul dekula",
    ]),
    ("wae", [
        "jenner", "hornig", "marze", "abrille", "meije", "bracet", "heiwet", "oigste", "herbstmanet", "wimanet",
        "wintermanet", "christmanet",
    ]),
    ("wo", [
        "samwiyee", "fewriyee", "", "awril", "", "", "sulet", "", "sattumbar", "", "nowambar", "desambar",
    ]),
    ("yav", [
        "", "", "", "", "", "ɔsɔn", "efute", "pisuyu", "imɛŋ_i_puɔs", "", "makandikɛ", "pilɔndɔ",
    ]),
    ("yrl", [
        "", "mukui", "musapiri", "irudi", "", "pu_yepe", "pu_mukui", "pu_musapiri", "pu_irudi", "yepe_putimaa",
        "yepe_yepe", "yepe_mukui",
    ]),
    ("za", [
        "ndwenit", "ndwenngeih", "ndwensam", "ndwenseiq", "ndwenngux", "ndwenloeg", "ndwencaet", "ndwenbet",
        "ndwengouj", "ndwencib", "ndwencibit", "ndwencibngeih",
    ]),
];
