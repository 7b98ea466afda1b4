//! How languages spell the days of the week: facts of the Unicode Common Locale Data Repository (CLDR 47).
//!
//! A row is a language, with its script where it has several; a column holds every spelling of one day, Monday first.
//! Spellings are folded as [`super::fold`] folds them, `_` stands between the words of a name.

#[rustfmt::skip]
pub(crate) static WEEKDAYS: &[(&str, [&str; 7])] = &[
    ("en", [
        "monday mon", "tuesday tue", "wednesday wed", "thursday thu", "friday fri", "saturday sat", "sunday sun",
    ]),
    ("de", [
        "montag mo", "dienstag di", "mittwoch mi", "donnerstag do", "freitag fr", "samstag sa", "sonntag so",
    ]),
    ("fr", [
        "lundi lun", "mardi mar", "mercredi mer", "jeudi jeu", "vendredi ven", "samedi sam", "dimanche dim",
    ]),
    ("es", [
        "lunes lun", "martes mar", "miercoles mie", "jueves jue", "viernes vie", "sabado sab", "domingo dom",
    ]),
    ("it", [
        "lunedi lun", "martedi mar", "mercoledi mer", "giovedi gio", "venerdi ven", "sabato sab", "domenica dom",
    ]),
    ("pt", [
        "segunda_feira seg segunda", "terca_feira ter terca", "quarta_feira qua quarta", "quinta_feira qui quinta",
        "sexta_feira sex sexta", "sabado sab", "domingo dom",
    ]),
    ("nl", [
        "maandag ma", "dinsdag di", "woensdag wo", "donderdag do", "vrijdag vr", "zaterdag za", "zondag zo",
    ]),
    ("sv", [
        "mandag", "tisdag tis", "onsdag ons", "torsdag tors", "fredag fre", "lordag lor", "sondag son",
    ]),
    ("da", [
        "mandag", "tirsdag tirs", "onsdag ons", "torsdag tors", "fredag fre", "lordag lor", "sondag son",
    ]),
    ("nb", [
        "mandag", "tirsdag tir", "onsdag ons", "torsdag tor", "fredag fre", "lordag lor", "sondag son",
    ]),
    ("no", [
        "mandag", "tirsdag tir", "onsdag ons", "torsdag tor", "fredag fre", "lordag lor", "sondag son",
    ]),
    ("nn", [
        "mandag ma", "tysdag ty tys", "onsdag ons", "torsdag tor", "fredag fr fre", "laurdag lau", "sondag so son",
    ]),
    ("fi", [
        "maanantaina maanantai ma", "tiistaina tiistai ti", "keskiviikkona keskiviikko ke", "torstaina torstai",
        "perjantaina perjantai pe", "lauantaina lauantai", "sunnuntai su",
    ]),
    ("pl", [
        "poniedzialek pon", "wtorek wt", "sroda sr", "czwartek czw", "piatek pt", "sobota sob", "niedziela niedz",
    ]),
    ("cs", [
        "pondeli po", "utery ut", "streda st", "ctvrtek ct", "patek pa", "sobota so", "nedele ne",
    ]),
    ("sk", [
        "pondelok po", "utorok ut", "streda st", "stvrtok st", "piatok pi", "sobota so", "nedela ne",
    ]),
    ("hu", [
        "hetfo", "kedd", "szerda sze", "csutortok cs", "pentek", "szombat szo", "vasarnap",
    ]),
    ("ro", [
        "luni lun", "marti mar", "miercuri mie", "joi", "vineri vin", "sambata sam", "duminica dum",
    ]),
    ("bg", [
        "понеделник пн", "вторник вт", "сряда ср", "четвъртък чт", "петък пт", "събота сб", "неделя нд",
    ]),
    ("ru", [
        "понедельник пн", "вторник вт", "среда ср", "четверг чт", "пятница пт", "суббота сб", "воскресенье вс",
    ]),
    ("uk", [
        "понеділок пн", "вівторок вт", "середа ср", "четвер чт", "пятниця пт", "субота сб", "неділя нд",
    ]),
    ("be", [
        "панядзелак пн пан", "ауторак ау аут", "серада ср сер", "чацвер чц чацьвер чац", "пятніца пт пят",
        "субота сб суб", "нядзеля нд няд",
    ]),
    ("sr", [
        "понедељак пон понедјељак", "уторак уто", "среда сре сриједа сри", "четвртак чет", "петак пет", "субота суб",
        "недеља нед недјеља",
    ]),
    ("sr_Latn", [
        "ponedeljak pon ponedjeljak", "utorak uto", "sreda sre srijeda sri", "cetvrtak cet", "petak pet",
        "subota sub", "nedelja ned nedjelja",
    ]),
    ("hr", [
        "ponedjeljak pon", "utorak uto", "srijeda sri", "cetvrtak cet", "petak pet", "subota sub", "nedjelja ned",
    ]),
    ("bs", [
        "ponedjeljak pon", "utorak uto", "srijeda sri", "cetvrtak cet", "petak pet", "subota sub", "nedjelja ned",
    ]),
    ("bs_Cyrl", [
        "понедјељак пон", "уторак уто", "сриједа сри", "четвртак чет", "петак пет", "субота суб", "недјеља нед",
    ]),
    ("sl", [
        "ponedeljek pon", "torek tor", "sreda sre", "cetrtek cet", "petek pet", "sobota sob", "nedelja ned",
    ]),
    ("mk", [
        "понеделник пон", "вторник вто", "среда сре", "четврток чет", "петок пет", "сабота саб", "недела нед",
    ]),
    ("sq", [
        "e_hene hen", "e_marte mar", "e_merkure mer", "e_enjte enj", "e_premte pre", "e_shtune sht", "e_diel die",
    ]),
    ("el", [
        "δευτερα δευ", "τριτη τρι", "τεταρτη τετ", "πεμπτη πεμ", "παρασκευη παρ", "σαββατο σαβ", "κυριακη κυρ",
    ]),
    ("tr", [
        "pazartesi pzt", "sali sal", "carsamba car", "persembe per", "cuma cum", "cumartesi cmt", "pazar paz",
    ]),
    ("az", [
        "bazar_ertəsi be", "cərsənbə_axsami ca", "cərsənbə", "cumə_axsami ca", "cumə", "sənbə", "bazar",
    ]),
    ("az_Cyrl", [
        "базар_ертәси бе", "чәршәнбә_ахшамы ча", "чәршәнбә", "ҹүмә_ахшамы ҹа", "ҹүмә", "шәнбә", "базар",
    ]),
    ("kk", [
        "дүисенбі дс", "сеисенбі сс", "сәрсенбі ср", "беисенбі бс", "жұма жм", "сенбі сб", "жексенбі жс",
    ]),
    ("ky", [
        "дүишөмбү дүи", "шеишемби шеиш", "шаршемби шарш", "беишемби беиш", "жума", "ишемби ишм", "жекшемби жек",
    ]),
    ("uz", [
        "dushanba dush", "seshanba sesh", "chorshanba chor", "payshanba pay", "juma jum", "shanba shan",
        "yakshanba yak",
    ]),
    ("uz_Cyrl", [
        "душанба душ", "сешанба сеш", "чоршанба чор", "паишанба паи", "жума жум", "шанба шан", "якшанба якш",
    ]),
    ("uz_Arab", [
        "دوشنبه د", "سهشنبه س", "چهارشنبه چ", "پنجشنبه پ", "جمعه ج", "شنبه ش", "یکشنبه ی",
    ]),
    ("tk", [
        "dusenbe dus", "sisenbe sis", "carsenbe car", "pensenbe pen", "anna ann", "senbe sen", "yeksenbe yek",
    ]),
    ("tt", [
        "дүшәмбе дүш", "сишәмбе сиш", "чәршәмбе чәр", "пәнҗешәмбе пәнҗ", "җомга җом", "шимбә шим", "якшәмбе якш",
    ]),
    ("ba", [
        "mon", "tue", "wed", "thu", "fri", "sat", "",
    ]),
    ("tg", [
        "душанбе дшб", "сешанбе сшб", "чоршанбе чшб", "панҷшанбе пшб", "ҷумъа ҷмъ", "шанбе шнб", "якшанбе яшб",
    ]),
    ("he", [
        "יום_שני יום_ב", "יום_שלישי יום_ג", "יום_רביעי יום_ד", "יום_חמישי יום_ה", "יום_שישי יום_ו", "יום_שבת שבת",
        "יום_ראשון יום_א",
    ]),
    ("yi", [
        "מאנטיק", "דינסטיק", "מיטוואך", "דאנערשטיק", "פרײטיק", "שבת", "זונטיק",
    ]),
    ("ar", [
        "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد",
    ]),
    ("fa", [
        "دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه",
    ]),
    ("ur", [
        "پیر", "منگل", "بدھ", "جمعرات", "جمعہ", "ہفتہ", "اتوار",
    ]),
    ("ps", [
        "دونۍ", "درېنۍ", "څلرنۍ", "پينځنۍ", "جمعه", "اونۍ", "يونۍ",
    ]),
    ("ckb", [
        "دووشەممە", "سێشەممە", "چوارشەممە", "پێنجشەممە", "ھەینی", "شەممە", "یەکشەممە",
    ]),
    ("ku", [
        "dusem dsm", "sesem ssm", "carsem csm", "pencsem psm", "ini", "semi sem", "yeksem ysm",
    ]),
    ("ug", [
        "دۈشەنبە دۈ", "سەيشەنبە سە", "چارشەنبە چا", "پەيشەنبە پە", "جۈمە جۈ", "شەنبە شە", "يەكشەنبە يە",
    ]),
    ("hi", [
        "सोमवार सोम", "मंगलवार मंगल", "बुधवार बुध", "गुरुवार गुरु", "शुक्रवार शुक्र", "शनिवार शनि", "रविवार रवि",
    ]),
    ("bn", [
        "সোমবার সোম", "মঙ্গলবার মঙ্গল", "বুধবার বুধ", "বৃহস্পতিবার বৃহস্পতি", "শুক্রবার শুক্র", "শনিবার শনি",
        "রবিবার রবি",
    ]),
    ("ta", [
        "திங்கள் திங்", "செவ்வாய் செவ்", "புதன் புத", "வியாழன் வியா", "வெள்ளி வெள்", "சனி", "ஞாயிறு ஞாயி",
    ]),
    ("te", [
        "సోమవారం సోమ", "మంగళవారం మంగళ", "బుధవారం బుధ", "గురువారం గురు", "శుక్రవారం శుక్ర", "శనివారం శని",
        "ఆదివారం ఆది",
    ]),
    ("mr", [
        "सोमवार सोम", "मंगळवार मंगळ", "बुधवार बुध", "गुरुवार गुरु", "शुक्रवार शुक्र", "शनिवार शनि", "रविवार रवि",
    ]),
    ("gu", [
        "સોમવાર સોમ", "મંગળવાર મંગળ", "બુધવાર બુધ", "ગુરુવાર ગુરુ", "શુક્રવાર શુક્ર", "શનિવાર શનિ", "રવિવાર રવિ",
    ]),
    ("kn", [
        "ಸೋಮವಾರ ಸೋಮ", "ಮಂಗಳವಾರ ಮಂಗಳ", "ಬುಧವಾರ ಬುಧ", "ಗುರುವಾರ ಗುರು", "ಶುಕ್ರವಾರ ಶುಕ್ರ", "ಶನಿವಾರ ಶನಿ",
        "ಭಾನುವಾರ ಭಾನು",
    ]),
    ("ml", [
        "തിങ്കളാഴ്ച തിങ്കൾ", "ചൊവ്വാഴ്ച ചൊവ്വ", "ബുധനാഴ്ച ബുധൻ", "വ്യാഴാഴ്ച വ്യാഴം", "വെള്ളിയാഴ്ച വെള്ളി",
        "ശനിയാഴ്ച ശനി", "ഞായറാഴ്ച ഞായർ",
    ]),
    ("pa", [
        "ਸੋਮਵਾਰ ਸੋਮ", "ਮੰਗਲਵਾਰ ਮੰਗਲ", "ਬੁੱਧਵਾਰ ਬੁੱਧ", "ਵੀਰਵਾਰ ਵੀਰ", "ਸ਼ੁੱਕਰਵਾਰ ਸ਼ੁੱਕਰ", "ਸ਼ਨਿੱਚਰਵਾਰ ਸ਼ਨਿੱਚਰ",
        "ਐਤਵਾਰ ਐਤ",
    ]),
    ("pa_Arab", [
        "پیر", "منگل", "بدھ", "جمعرات", "جمعہ", "ہفتہ", "اتوار",
    ]),
    ("si", [
        "සඳුදා", "අඟහරුවාදා අඟහ", "බදාදා", "බ්රහස්පතින්දා බ්රහස්", "සිකුරාදා සිකු", "සෙනසුරාදා සෙන", "ඉරිදා",
    ]),
    ("ne", [
        "सोमबार सोम", "मङ्गलबार मङ्गल", "बुधबार बुध", "बिहिबार बिहि", "शुक्रबार शुक्र", "शनिबार शनि", "आइतबार आइत",
    ]),
    ("or", [
        "ସୋମବାର ସୋମ", "ମଙ୍ଗଳବାର ମଙ୍ଗଳ", "ବୁଧବାର ବୁଧ", "ଗୁରୁବାର ଗୁରୁ", "ଶୁକ୍ରବାର ଶୁକ୍ର", "ଶନିବାର ଶନି", "ରବିବାର ରବି",
    ]),
    ("as", [
        "সোমবাৰ সোম", "মঙ্গলবাৰ মঙ্গল", "বুধবাৰ বুধ", "বৃহস্পতিবাৰ বৃহ", "শুক্ৰবাৰ শুক্ৰ", "শনিবাৰ শনি",
        "দেওবাৰ দেও",
    ]),
    ("sa", [
        "सोमवासरः सोम", "मंगलवासरः मंगल", "बुधवासरः बुध", "गुरु", "शुक्रवासरः शुक्र", "शनिवासरः शनि", "रविवासरः रवि",
    ]),
    ("kok", [
        "सोमार", "मंगळार", "बुधवार", "बिरेस्तार", "शुक्रार", "शेनवार", "आयतार",
    ]),
    ("th", [
        "วันจันทร์ วันจันทร์ที่ จ จที่", "วันอังคาร วันอังคารที่ อ อที่", "วันพุธ วันพุธที่ พ พที่",
        "วันพฤหัสบดี วันพฤหัสบดีที่ พฤ พฤที่", "วันศุกร์ วันศุกร์ที่ ศ ศที่", "วันเสาร์ วันเสาร์ที่ ส สที่",
        "วันอาทิตย์ วันอาทิตย์ที่ อา อาที่",
    ]),
    ("lo", [
        "ວັນຈັນ ຈັນ", "ວັນອັງຄານ ອັງຄານ", "ວັນພຸດ ພຸດ", "ວັນພະຫັດ ພະຫັດ", "ວັນສຸກ ສຸກ", "ວັນເສົາ ເສົາ",
        "ວັນອາທິດ ອາທິດ",
    ]),
    ("km", [
        "ច័ន្ទ ចន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍ ព្រហ", "សុក្រ", "សៅរ៍", "អាទិត្យ",
    ]),
    ("my", [
        "တနင်္လာ", "အင်္ဂါ", "ဗုဒ္ဓဟူး", "ကြာသပတေး", "သောကြာ", "စနေ", "တနင်္ဂနွေ",
    ]),
    ("vi", [
        "thu_hai", "thu_ba", "thu_tu", "thu_nam", "thu_sau", "thu_bay", "chu_nhat cn",
    ]),
    ("id", [
        "senin sen", "selasa sel", "rabu rab", "kamis kam", "jumat jum", "sabtu sab", "minggu min",
    ]),
    ("ms", [
        "isnin isn", "selasa sel", "rabu rab", "khamis kha", "jumaat jum", "sabtu sab", "ahad ahd",
    ]),
    ("ms_Arab", [
        "اثنين", "ثلاث", "رابو", "خميس", "جمعة", "سبتو", "احد",
    ]),
    ("fil", [
        "lunes lun", "martes mar", "miyerkules miy", "huwebes huw", "biyernes biy", "sabado sab", "linggo lin",
    ]),
    ("ceb", [
        "lunes lun", "martes mar", "miyerkules miy", "huwebes huw", "biyernes biy", "sabado sab", "domingo dom",
    ]),
    ("jv", [
        "senin sen", "selasa sel", "rabu rab", "kamis kam", "jumat jum", "sabtu sab", "ahad",
    ]),
    ("su", [
        "senen sen", "salasa sal", "rebo reb", "kemis kem", "jumaah jum", "saptu sap", "minggu mng",
    ]),
    ("ja", [
        "月曜日 日月曜日 月 日月", "火曜日 日火曜日 火 日火", "水曜日 日水曜日 水 日水", "木曜日 日木曜日 木 日木", "金曜日 日金曜日 金 日金", "土曜日 日土曜日 土 日土",
        "日曜日 日日曜日 日 日日",
    ]),
    ("ko", [
        "월요일 월", "화요일 화", "수요일 수", "목요일 목", "금요일 금", "토요일 토", "일요일 일",
    ]),
    ("zh", [
        "星期一 日星期一 周一 日周一", "星期二 日星期二 周二 日周二", "星期三 日星期三 周三 日周三", "星期四 日星期四 周四 日周四", "星期五 日星期五 周五 日周五",
        "星期六 日星期六 周六 日周六", "星期日 日星期日 周日 日周日",
    ]),
    ("zh_Hant", [
        "星期一 週一 日星期一 日週一", "星期二 週二 日星期二 日週二", "星期三 週三 日星期三 日週三", "星期四 週四 日星期四 日週四", "星期五 週五 日星期五 日週五",
        "星期六 週六 日星期六 日週六", "星期日 週日 日星期日 日週日",
    ]),
    ("yue", [
        "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日",
    ]),
    ("mn", [
        "даваа да", "мягмар мя", "лхагва лх", "пүрэв пү", "баасан ба", "бямба бя", "ням ня",
    ]),
    ("ka", [
        "ორშაბათი ორშ", "სამშაბათი სამ", "ოთხშაბათი ოთხ", "ხუთშაბათი ხუთ", "პარასკევი პარ", "შაბათი შაბ", "კვირა კვი",
    ]),
    ("hy", [
        "երկուշաբթի երկ", "երեքշաբթի երք", "չորեքշաբթի չրք", "հինգշաբթի հնգ", "ուրբաթ ուր", "շաբաթ շբթ", "կիրակի կիր",
    ]),
    ("os", [
        "къуырисӕр крс", "дыццӕг дцг", "ӕртыццӕг ӕрт", "цыппӕрӕм цпр", "маирӕмбон мрб", "сабат сбт", "хуыцаубон хцб",
    ]),
    ("ab", [
        "ашәахьа ашә", "аҩаша аҩ", "ахаша ах", "аԥшьаша аԥ", "ахәаша ахә", "асабша ас", "амҽыша ам",
    ]),
    ("cv", [
        "тунтикун тун", "ытларикун ытл", "юнкун юн", "кеҫнерникун кеҫ", "эрнекун эр", "шаматкун шам",
        "вырсарникун выр",
    ]),
    ("sah", [
        "бэнидиэнньик бн", "оптуорунньук оп", "сэрэдэ сэ", "чэппиэр чп", "бээтиҥсэ бэ", "субуота сб",
        "баскыһыанньа бс",
    ]),
    ("ca", [
        "dilluns dl", "dimarts dt", "dimecres dc", "dijous dj", "divendres dv", "dissabte ds", "diumenge dg",
    ]),
    ("eu", [
        "astelehena al", "asteartea ar", "asteazkena az", "osteguna og", "ostirala or", "larunbata lr", "igandea ig",
    ]),
    ("gl", [
        "luns", "martes mar", "mercores mer", "xoves xov", "venres ven", "sabado sab", "domingo dom",
    ]),
    ("ast", [
        "llunes llu", "martes mar", "miercoles mie", "xueves xue", "vienres vie", "sabadu sab", "domingu dom",
    ]),
    ("an", [
        "luns lun", "martz mar", "miercres mie", "chueves chu", "viernes vie", "sabado sab", "dominche dom",
    ]),
    ("oc", [
        "diluns deluns del", "dimars dma", "dimecres dimercles dme", "dijous dijaus dij", "divendres diuendres diu",
        "dissabte dis", "dimenge dim",
    ]),
    ("et", [
        "esmaspaev", "teisipaev", "kolmapaev", "neljapaev", "reede", "laupaev", "puhapaev",
    ]),
    ("lv", [
        "pirmdiena pirmd", "otrdiena otrd", "tresdiena tresd", "ceturtdiena ceturtd", "piektdiena piektd",
        "sestdiena sestd", "svetdiena svetd",
    ]),
    ("lt", [
        "pirmadienis pr", "antradienis", "treciadienis tr", "ketvirtadienis kt", "penktadienis pn", "sestadienis st",
        "sekmadienis sk",
    ]),
    ("is", [
        "manudagur", "thridjudagur thri", "midvikudagur mid", "fimmtudagur fim", "fostudagur fos", "laugardagur lau",
        "sunnudagur",
    ]),
    ("fo", [
        "manadagur", "tysdagur tys", "mikudagur mik", "hosdagur hos", "friggjadagur fri", "leygardagur ley",
        "sunnudagur",
    ]),
    ("ga", [
        "de_luain luan", "de_mairt mairt", "de_ceadaoin cead", "deardaoin dear", "de_haoine aoine",
        "de_sathairn sath", "de_domhnaigh domh",
    ]),
    ("gd", [
        "diluain dil", "dimairt dim", "diciadain dic", "diardaoin dia", "dihaoine dih", "disathairne dis",
        "didomhnaich did",
    ]),
    ("cy", [
        "dydd_llun llun", "dydd_mawrth maw", "dydd_mercher mer", "dydd_iau iau", "dydd_gwener gwen gwe",
        "dydd_sadwrn sad", "dydd_sul sul",
    ]),
    ("br", [
        "lun", "meurzh meu", "mercher mer", "yaou", "gwener gwe", "sadorn sad", "sul",
    ]),
    ("mt", [
        "it_tnejn tne", "it_tlieta tli", "l_erbgha erb", "il_hamis ham", "il_gimgha gim", "is_sibt sib",
        "il_hadd had",
    ]),
    ("lb", [
        "meindeg mei", "denschdeg den", "mettwoch met", "donneschdeg don", "freideg fre", "samschdeg sam",
        "sonndeg son",
    ]),
    ("fy", [
        "moandei mo", "tiisdei ti", "woansdei wo", "tongersdei", "freed fr", "sneon so", "snein si",
    ]),
    ("gsw", [
        "maantig ma", "ziischtig zi", "mittwuch mi", "dunschtig du", "friitig fr", "samschtig sa", "sunntig su",
    ]),
    ("nds", [
        "maandag ma", "dingsdag di", "middeweken mi", "dunnersdag du", "freedag fr", "sunnavend sa", "sunndag su",
    ]),
    ("rm", [
        "glindesdi gli", "mardi ma", "mesemna", "gievgia gie", "venderdi ve", "sonda so", "dumengia du",
    ]),
    ("fur", [
        "lunis lun", "martars mar", "miercus mie", "joibe joi", "vinars vin", "sabide sab", "domenie dom",
    ]),
    ("sc", [
        "lunis lun", "martis mar", "mercuris mer", "giobia gio", "chenabura che", "sabadu sab", "dominiga dom",
    ]),
    ("co", [
        "luni lun", "marti mar", "mercuri mer", "ghjovi ghj", "venneri ven", "sabbatu sab", "dumenica dum",
    ]),
    ("lij", [
        "lunesdi lun", "matesdi", "macordi mac", "zeuggia zeu", "venardi ven", "sabbo sab", "domenega dom",
    ]),
    ("scn", [
        "lunnidia lun", "martidia mar", "mercuridia mer", "jovidia jov", "venniridia ven", "sabbatu sab",
        "duminica dum",
    ]),
    ("lld", [
        "lonesc lon", "mertesc mert", "mercui merc", "jobia job", "vendres ven", "sabeda sab", "domenia dom",
    ]),
    ("eo", [
        "lundo lu", "mardo ma", "merkredo", "jaudo ja", "vendredo ve", "sabato sa", "dimanco di",
    ]),
    ("ia", [
        "lunedi lun", "martedi mar", "mercuridi mer", "jovedi jov", "venerdi ven", "sabbato sab", "dominica dom",
    ]),
    ("la", [
        "dies_lunae lun", "dies_martis mar", "dies_mercurii mer", "dies_iovis iov", "dies_veneris ven",
        "dies_saturni sabbatum sat", "dies_solis dominica sol",
    ]),
    ("af", [
        "maandag ma", "dinsdag di", "woensdag wo", "donderdag do", "vrydag vr", "saterdag sa", "sondag so",
    ]),
    ("sw", [
        "jumatatu", "jumanne", "jumatano", "alhamisi", "ijumaa", "jumamosi", "jumapili",
    ]),
    ("zu", [
        "umsombuluko mso", "ulwesibili bil", "ulwesithathu tha", "ulwesine sin", "ulwesihlanu hla", "umgqibelo mgq",
        "isonto son",
    ]),
    ("xh", [
        "mvulo mvu", "lwesibini lwesb bin", "lwesithathu tha", "lwesine sin", "lwesihlanu hla", "mgqibelo mgq",
        "cawe caw",
    ]),
    ("st", [
        "mantaha mma", "labobedi bed", "laboraro rar", "labone ne", "labohlano hla", "moqebelo moq", "sontaha son",
    ]),
    ("tn", [
        "mosupologo mos", "labobedi labb", "laboraro labr", "labone labn", "labotlhano labt", "matlhatso",
        "tshipi tsh",
    ]),
    ("am", [
        "ሰኞ", "ማክሰኞ ማክሰ", "ረቡዕ", "ሐሙስ", "ዓርብ", "ቅዳሜ", "እሑድ",
    ]),
    ("ti", [
        "ሰኑይ ሰኑ", "ሰሉስ ሰሉ", "ረቡዕ ረቡ", "ሓሙስ ሓሙ", "ዓርቢ ዓር", "ቀዳም ቀዳ", "ሰንበት ሰን",
    ]),
    ("so", [
        "isniin isn", "talaado tldo", "arbaco arbc", "khamiis khms", "jimco jmc", "sabti sbti", "axad axd",
    ]),
    ("ha", [
        "litinin lit", "talata tal", "laraba lar", "alhamis alh", "jummaa jum", "asabar asa", "lahadi lah",
    ]),
    ("ig", [
        "monde mon", "tiuzdee tiu", "wenezdee wen", "toozdee too", "fraidee frai", "satodee sat", "sondee son",
    ]),
    ("yo", [
        "ojo_aje aje ɔjɔ_aje", "ojo_isegun isegun ɔjɔ_isɛgun isɛgun", "ojoru ɔjɔru", "ojobo ɔjɔbɔ",
        "ojo_eti eti ɔjɔ_ɛti ɛti", "ojo_abameta abameta ɔjɔ_abamɛta abamɛta", "ojo_aiku aiku ɔjɔ_aiku",
    ]),
    ("rw", [
        "kuwa_mbere mbe", "kuwa_kabiri kab", "kuwa_gatatu gtu", "kuwa_kane kan", "kuwa_gatanu gnu",
        "kuwa_gatandatu gnd", "ku_cyumweru cyu",
    ]),
    ("mg", [
        "alatsinainy alats", "talata tal", "alarobia alar", "alakamisy alak", "zoma zom", "asabotsy asab",
        "alahady alah",
    ]),
    ("haw", [
        "poakahi", "poalua", "poakolu", "poaha", "poalima", "poaono", "lapule lp",
    ]),
    ("mi", [
        "mane", "turei tur", "wenerei wen", "taite tai", "paraire par", "rahoroi rah", "ratapu rat",
    ]),
    ("to", [
        "monite mon", "tusite tus", "pulelulu pul", "tuapulelulu tua", "falaite fal", "tokonaki tok", "sapate sap",
    ]),
    ("kl", [
        "ataasinngorneq ata", "marlunngorneq mar", "pingasunngorneq pin", "sisamanngorneq sis",
        "tallimanngorneq tal", "arfininngorneq arf", "sapaat sap",
    ]),
    ("se", [
        "vuossarga vuos mannodat ma", "maŋŋebarga maŋ disdat di", "gaskavahkku gask ga",
        "duorasdat duor duorastat du", "bearjadat bear be", "lavvardat lav lavvordat", "sotnabeaivi sotn so",
    ]),
    ("hsb", [
        "pondzela pon", "wutora wut", "srjeda srj", "stwortk stw", "pjatk pja", "sobota sob", "njedzela nje",
    ]),
    ("dsb", [
        "ponjezele pon", "waltora wal", "srjoda srj", "stwortk stw", "petk pet", "sobota sob", "njezela nje",
    ]),
    ("szl", [
        "pyndzialek pyn", "wtorek wto", "strzoda str", "sztwortek szt", "piontek pio", "sobota sob", "niydziela niy",
    ]),
    ("sd", [
        "سومر", "اڱارو", "اربع", "خميس", "جمعو", "ڇنڇر", "اچر",
    ]),
    ("ks", [
        "ژندرروار ژندروار", "بۆموار", "بودوار", "برؠسوار", "جمہ", "بٹوار", "اتھوار",
    ]),
    ("aa", [
        "etleeni", "talaata", "arbaqa", "kamiisi", "gumqata", "", "acaada",
    ]),
    ("agq", [
        "tsuʔukpa", "tsuʔughɔe ghɔ", "tsuʔutɔmlo tɔm", "tsuʔume", "tsuʔughɨm ghɨ", "tsuʔndzɨkɔʔɔ", "tsuʔntsɨ",
    ]),
    ("ak", [
        "dwoada", "benada", "wukuada", "yawoada", "fiada", "memeneda", "kwasiada",
    ]),
    ("apc", [
        "التنين", "التلاتا", "الاربعا", "", "", "", "",
    ]),
    ("bal", [
        "دوشمبه", "سيیشمبه سيے", "چارشمبه چار", "پنچشمبه پنچ", "جمه", "شمبه", "یکشمبه",
    ]),
    ("bal_Latn", [
        "doshambeh", "sayshambeh", "charshambeh", "panchshambeh", "jomah", "shambeh", "yakshambeh",
    ]),
    ("bas", [
        "ŋgwa_njaŋgumba", "ŋgwa_um", "ŋgwa_ŋge", "ŋgwa_mbɔk mbɔ", "ŋgwa_kɔɔ kɔɔ", "ŋgwa_jon", "ŋgwa_nɔy nɔy",
    ]),
    ("bem", [
        "palichimo", "palichibuli", "palichitatu", "palichine", "palichisano", "pachibelushi", "pa_mulungu",
    ]),
    ("bez", [
        "pa_shahuviluha", "pa_hivili", "pa_hidatu", "pa_hitayi", "pa_hihanu", "pa_shahulembela", "",
    ]),
    ("bgc", [
        "", "", "", "बृहस्पतवार", "", "", "ऐतवार",
    ]),
    ("bho", [
        "", "मंगलबार", "", "बृहस्पतिबार", "", "सनीचर", "रबीबार",
    ]),
    ("blo", [
        "aɖɩtɛnɛɛ aɖɩt", "atalaata", "alaarba", "alaamɩshɩ", "arɩsǝma arɩs", "asiibi", "alahaɖɩ",
    ]),
    ("bm", [
        "ntɛnɛ ntɛ", "tarata", "araba", "alamisa", "", "sibiri", "",
    ]),
    ("brx", [
        "समबार", "", "", "बिस्थिबार बिस्थि", "सुखुरबार सुुखुरबार सुखुर", "सनिबार सनि", "रबिबार रबि",
    ]),
    ("byn", [
        "", "ሰሊጝ", "ለጓ_ወሪ_ለብዋ", "ኣምድ", "ኣርብ", "ሰንበር_ሽጓዅ", "ሰንበር_ቅዳዅ",
    ]),
    ("cad", [
        "wistsi_hayashuh", "bit_hayashuh", "daho_hayashuh", "hiwi_hayashuh", "dissikan_hayashuh", "inikuˀtiˀtiˀ",
        "inikuˀ",
    ]),
    ("cch", [
        "wai_tunga", "toki_gitung gitung", "tsam_kasuwa", "wai_na_nas", "wai_na_tiyon", "wai_na_chirim",
        "wai_yoka_bawai",
    ]),
    ("ccp", [
        "𑄥𑄧𑄟𑄴𑄝𑄢𑄴 𑄥𑄧𑄟𑄴", "𑄟𑄧𑄁𑄉𑄧𑄣𑄴𑄝𑄢𑄴 𑄟𑄧𑄁𑄉𑄧𑄣𑄴", "𑄝𑄪𑄖𑄴𑄝𑄢𑄴 𑄝𑄪𑄖𑄴", "𑄝𑄳𑄢𑄨𑄥𑄪𑄛𑄴𑄝𑄢𑄴 𑄝𑄳𑄢𑄨𑄥𑄪𑄛𑄴", "𑄥𑄪𑄇𑄴𑄇𑄮𑄢𑄴𑄝𑄢𑄴 𑄥𑄪𑄇𑄴𑄇𑄮𑄢𑄴",
        "𑄥𑄧𑄚𑄨𑄝𑄢𑄴 𑄥𑄧𑄚𑄨", "𑄢𑄧𑄝𑄨𑄝𑄢𑄴 𑄢𑄧𑄝𑄨",
    ]),
    ("ce", [
        "оршот", "шинара", "кхаара кха", "еара", "пӏераска пӏе", "шуот шуо", "кӏира кӏи",
    ]),
    ("cgg", [
        "orwokubanza", "orwakabiri", "orwakashatu", "orwakana", "orwakataano", "orwamukaaga", "sande",
    ]),
    ("chr", [
        "ꭴꮎꮩꮣꮙꮕꭿ ꮙꮕꭿ", "ꮤꮅꮑꭲꭶ ꮤꮅꮑ", "ꮶꭲꮑꭲꭶ ꮶꭲꮑ", "ꮕꭹꮑꭲꭶ ꮕꭹꮑ", "ꮷꮎꭹꮆꮝꮧ ꮷꮎꭹ", "ꭴꮎꮩꮣꮘꮥꮎ ꮘꮥꮎ", "ꭴꮎꮩꮣꮖꮝꭼ ꮖꮝꭼ",
    ]),
    ("cic", [
        "manti", "chosti", "winsti", "soisti", "nannalhchifa_nittak", "nittak_hollo_nakfish", "nittak_hollo",
    ]),
    ("csw", [
        "ᐴᓂ_ᐊᔭᒥᐦᐁᑮᓯᑳᐤ", "ᓃᓱᑮᓯᑳᐤ", "ᐋᐱᐦᑕᐘᐣ", "ᐴᓂᐋᐱᐦᑕᐘᐣ", "ᑫᑳᐨ_ᒫᑎᓇᐍᑮᓯᑳᐤ", "ᒫᑎᓇᐍᑮᓯᑳᐤ", "ᐊᔭᒥᐦᐁᑮᓯᑳᐤ",
    ]),
    ("cu", [
        "понедѣльникъ пнⷣе", "вторникъ втоⷬ҇", "срⷣе", "четвертокъ чеⷦ҇", "пѧтокъ пѧⷦ҇", "сꙋббѡта сꙋⷠ҇",
        "недѣлѧ ндⷧ҇ѧ",
    ]),
    ("dav", [
        "kuramuka_jimweri", "kuramuka_kawi", "kuramuka_kadadu", "kuramuka_kana", "kuramuka_kasanu", "kifula_nguwo",
        "ituku_ja_jumwa",
    ]),
    ("dje", [
        "atinni", "", "alarba", "", "alzuma", "asibti", "alhadi",
    ]),
    ("doi", [
        "", "", "", "बीरबार बीर", "", "", "ऐतबार",
    ]),
    ("dua", [
        "mɔsu mɔs", "kwasu", "mukɔsu", "ŋgisu", "ɗonɛsu ɗon", "esaɓasu", "",
    ]),
    ("dyo", [
        "teneŋ", "", "alarbay", "aramisay", "arjuma", "sibiti", "dimas",
    ]),
    ("ebu", [
        "njumatatu", "njumaine", "njumatano", "aramithi", "njumaa", "njumamothii", "kiumia",
    ]),
    ("ee", [
        "dzoɖa", "blaɖa", "kuɖa kuɖ", "yawoɖa", "fiɖa fiɖ", "memleɖa", "kɔsiɖa kɔs",
    ]),
    ("ewo", [
        "mɔndi mɔn", "sɔndɔ_məlu_məbɛ", "sɔndɔ_məlu_məlɛ", "sɔndɔ_məlu_mənyi", "fulade", "serade", "sɔndɔ sɔn",
    ]),
    ("ff", [
        "aaɓnde aaɓ", "mawbaare", "njeslaare", "naasaande", "mawnde", "hoore_biir", "",
    ]),
    ("ff_Adlm", [
        "𞤢𞥄𞤩𞤵𞤲𞥋𞤣𞤫 𞤢𞥄𞤩𞤵", "𞤥𞤢𞤱𞤦𞤢𞥄𞤪𞤫 𞤥𞤢𞤦", "𞤲𞤶𞤫𞤧𞤤𞤢𞥄𞤪𞤫 𞤶𞤫𞤧", "𞤲𞤢𞥄𞤧𞤢𞥄𞤲𞤣𞤫 𞤲𞤢𞥄𞤧", "𞤥𞤢𞤱𞤲𞤣𞤫 𞤥𞤢𞤣", "𞤸𞤮𞤪𞤦𞤭𞤪𞥆𞤫 𞤸𞤮𞤪",
        "𞤪𞤫𞤬𞤦𞤭𞤪𞥆𞤫 𞤪𞤫𞤬",
    ]),
    ("frr", [
        "mundai", "teisdai", "weedensdai", "tuursdai", "freidai", "saninj", "sondai",
    ]),
    ("gaa", [
        "", "jufɔ", "shɔ", "", "sohaa", "hɔɔ", "hɔgbaa hɔg",
    ]),
    ("gez", [
        "", "ሠሉስ", "ራብዕ", "", "ዓርበ", "ቀዳሚት", "እኁድ",
    ]),
    ("gn", [
        "arakoi", "araapy", "ararundy", "arapo", "arapotei", "arapokoi", "aratei",
    ]),
    ("guz", [
        "chumatato", "chumaine", "chumatano", "aramisi", "ichuma", "esabato", "chumapiri",
    ]),
    ("gv", [
        "jelhein", "jemayrt", "jercean", "jerdein", "jeheiney", "jesarn", "jedoonee",
    ]),
    ("ha_Arab", [
        "لتنن", "تلت", "لرب", "الحمس الح", "جمع", "اسبر", "لحد",
    ]),
    ("hi_Latn", [
        "somwaar", "mangalwaar mangal", "budhwaar", "guruwaar", "shukrawaar shukra", "shaniwaar shani", "raviwaar",
    ]),
    ("hnj", [
        "", "𞄆𞄨𞄰", "𞄗𞄄𞄤𞄰𞄦", "𞄙𞄤𞄱𞄨", "𞄑𞄤𞄱𞄨", "𞄊𞄧𞄳", "𞄎𞄤𞄲",
    ]),
    ("ie", [
        "", "", "mercurdi", "", "", "saturdi", "soledi",
    ]),
    ("ii", [
        "ꆏꊂꋍ", "ꆏꊂꑍ", "ꆏꊂꌕ", "ꆏꊂꇖ", "ꆏꊂꉬ", "ꆏꊂꃘ", "ꑬꆏꑍ",
    ]),
    ("iu", [
        "ᓇᒡᒐᔾᔭᐅ", "ᓇᒡᒐᔾᔭᐅᓕᖅᑭ", "ᐱᖓᑦᓯᖅ", "ᓯᑕᒻᒥᖅ", "ᑕᓪᓕᒻᒥᐅᑦ", "ᓈᑦᓰᖑᔭᓛᕐᓂᐊᖅ", "ᓈᑦᑏᖑᔭᖅ",
    ]),
    ("jgo", [
        "", "apta_mɔndi", "wɛnɛsɛdɛ", "tɔsɛdɛ", "fɛlayɛdɛ", "sasidɛ", "sɔndi",
    ]),
    ("jmc", [
        "jumatatuu", "", "jumatanu", "", "", "", "jumapilyi",
    ]),
    ("kaa", [
        "дүишемби", "сиишемби сии", "сәршемби сәр", "пиишемби пии", "", "шемби шем", "екшемби екш",
    ]),
    ("kab", [
        "sanass", "kradass", "kuzass", "samass amhad", "sdisass", "sayass", "yanass",
    ]),
    ("kaj", [
        "lintani", "", "larba", "lamit", "", "", "",
    ]),
    ("kam", [
        "wa_kwambililya", "wa_keli", "wa_katatu", "wa_kana", "wa_katano", "wa_thanthatu", "wa_kyumwa",
    ]),
    ("kcg", [
        "tanii", "", "", "", "", "asabat", "",
    ]),
    ("kde", [
        "liduva_lyatatu", "liduva_lyanchechi", "liduva_lyannyano", "", "", "liduva_litandi", "liduva_lyapili",
    ]),
    ("kea", [
        "sigunda_fera", "tersa_fera", "kuarta_fera", "kinta_fera", "sesta_fera", "", "dumingu",
    ]),
    ("kgp", [
        "pir_kura_ha", "regre_kura_ha", "tegtu_kura_ha", "venhkagra_kura_ha", "penkar_kura_ha", "savnu", "numiggu",
    ]),
    ("khq", [
        "atini", "atalata", "", "alhamiisa", "aljuma", "assabdu", "",
    ]),
    ("ki", [
        "", "", "njumatana", "", "", "njumamothi", "",
    ]),
    ("kk_Arab", [
        "دۇيسەنبى دۇي", "سەيسەنبى سەي", "سارسەنبى سار", "بەيسەنبى بەي", "جۇما جۇم", "سەنبى سەن", "جەكسەنبى جەك",
    ]),
    ("kkj", [
        "", "", "mɛrkɛrɛdi", "", "vaŋdɛrɛdi", "mɔnɔ_sɔndi", "",
    ]),
    ("kln", [
        "kotaai", "koaeng", "kosomok", "koangwan", "komuut", "", "kotisap",
    ]),
    ("kok_Latn", [
        "somar", "mongllar", "budhvar", "birestar", "sukrar", "sonvar", "aitar",
    ]),
    ("ks_Deva", [
        "च़ंदिरवार चंदिरवार", "बोमवार बुवार", "बोदवार", "ब्रेसवार", "जुमा जुम्मा", "बटवार", "आथवार",
    ]),
    ("ksb", [
        "jumaatatu", "jumaane", "jumaatano", "", "", "jumaamosi", "jumaapii",
    ]),
    ("ksf", [
        "lǝndi", "maadi", "mɛkrɛdi mɛk", "jǝǝdi", "jumba", "samdi", "sɔndǝ",
    ]),
    ("ksh", [
        "mohndaach", "dinnsdaach", "metwoch", "dunnersdaach", "friidaach", "samsdaach", "sunndaach",
    ]),
    ("kw", [
        "dy_lun", "dy_meurth", "dy_merher", "dy_yow", "dy_gwener", "dy_sadorn", "dy_sul",
    ]),
    ("kxv", [
        "smbara", "mangada manga", "pudara", "laki_vara", "sukru_vara sukru", "sani_vara", "aadi_vara",
    ]),
    ("kxv_Deva", [
        "साॅम्वारा साॅम्मा", "मंगाड़ा मान्गा", "पुद्दारा पूदा", "लाक्कि_वारा लाक्की", "सुकुरु_वारा सुकुरु",
        "सान्नि_वारा सान्नि", "आदि_वारा आदि",
    ]),
    ("kxv_Orya", [
        "ସମ୍ବାରା ସମ୍ବା", "ମାଙ୍ଗାଡ଼ା ମାଙ୍ଗା", "ପୁଦାରା ପୁଦା", "ଲାକି_ୱାରା ଲାକି", "ସୁକ୍ରୁ_ୱାରା ସୁକ୍ରୁ", "ସାନି_ୱାରା ସାନି",
        "ଆଦି_ୱାରା ଆଦି",
    ]),
    ("kxv_Telu", [
        "నమారా", "మాంగాడా", "వుదారా", "లాకివరా", "నుక్_వరా", "సానివరా", "వారమి",
    ]),
    ("lag", [
        "taatu", "jumaine", "jumataano taano", "alamiisi", "", "jumamoosi moosi", "jumapiiri piili",
    ]),
    ("lg", [
        "balaza", "lwakubiri", "lwakusatu", "lwakuna", "lwakutaano", "lwamukaaga", "sabbiiti",
    ]),
    ("lkt", [
        "aŋpetuwaŋzi", "aŋpetunuŋpa", "aŋpetuyamni", "aŋpetutopa", "aŋpetuzaptaŋ", "owaŋgyuzazapi", "aŋpetuwakhaŋ",
    ]),
    ("lmo", [
        "", "", "mercoldi", "sgiovedi", "", "sabet", "",
    ]),
    ("ln", [
        "mokɔlɔ_mwa_yambo", "mokɔlɔ_mwa_mibale", "mokɔlɔ_mwa_misato", "mokɔlɔ_ya_minei", "mokɔlɔ_ya_mitano", "mpɔsɔ",
        "eyenga",
    ]),
    ("ltg", [
        "pyrmudine", "utardine", "tresdine", "caturtdine", "piktdine", "sastdine", "svatdine",
    ]),
    ("lu", [
        "nkodya", "ndaaya", "ndangu", "njowa", "ngovya", "lubingu", "lumingu",
    ]),
    ("luo", [
        "wuok_tich", "tich_ariyo", "tich_adek", "tich_angwen", "tich_abich", "ngeso", "jumapil",
    ]),
    ("luy", [
        "", "", "", "murwa_wa_kanne", "murwa_wa_katano", "", "jumapiri",
    ]),
    ("mai", [
        "सोम_दिन", "मंगल_दिन", "बुध_दिन", "बृहस्पति_दिन", "शुक्र_दिन", "शनि_दिन", "रवि_दिन",
    ]),
    ("mas", [
        "", "jumane", "jumatanɔ", "alaamisi", "jumaa", "", "",
    ]),
    ("mer", [
        "muramuko", "wairi", "wethatu", "", "wetano", "", "",
    ]),
    ("mfe", [
        "lindi", "", "merkredi", "", "vandredi", "", "dimans",
    ]),
    ("mgh", [
        "", "", "", "arahamisi", "", "", "",
    ]),
    ("mn_Mong", [
        "ᠳᠠᠸᠠ", "ᠮᠢᠠᠠᠮᠠᠷ ᠮᠢᠭ", "ᡀᠠᠭᠪᠠ", "ᠫᠦᠷᠪᠦ ᠫᠥᠷ ᠫᠦᠷ", "ᠪᠠᠰᠠᠩ", "ᠪᠢᠮᠪᠠ ᠪᠢᠮ", "ᠨᠢᠮᠠ",
    ]),
    ("mni", [
        "নিংথৌকাবা", "লৈবাকপোকপা", "য়ুমশকৈশা", "শগোলশেন", "ইরাই", "থাংজ", "নোংমাইজিং",
    ]),
    ("mua", [
        "comlaaɗii", "comzyiiɗii", "comkolle", "comkaldǝɓlii", "comgaisuu", "comzyeɓsuu", "comyakke",
    ]),
    ("mus", [
        "enhvteceskv", "enhvteceskv_enhvyvtke", "ennvrkvpv", "ennvrkvpv_enhvyvtke", "nak_okkoskv_nettv",
        "nettv_cakcuse", "nettvcako",
    ]),
    ("myv", [
        "атяньчистэ атяньчи атя", "вастаньчистэ вастаньчи вас", "куншкачистэ куншкачи кун",
        "калоньчистэ калоньчи кал", "сюконьчистэ сюконьчи сюк", "шлямочистэ шлямочи шля", "таргочистэ таргочи тар",
    ]),
    ("naq", [
        "mantaxtsees", "denstaxtsees", "wunstaxtsees", "dondertaxtsees", "fraitaxtsees", "satertaxtsees",
        "sontaxtsees",
    ]),
    ("nd", [
        "", "sibili", "sithathu", "", "sihlanu", "", "sonto",
    ]),
    ("nmg", [
        "mɔndɔ", "sɔndɔ_mafu_maba", "sɔndɔ_mafu_malal", "sɔndɔ_mafu_mana", "mabaga_ma_sukul", "sasadi", "",
    ]),
    ("nnh", [
        "mvfo_lyɛ", "mbɔɔnte_mvfo_lyɛ", "tsetsɛɛ_lyɛ", "mbɔɔnte_tsetsɛɛ_lyɛ", "mvfo_maga_lyɛ", "maga_lyɛ",
        "lyɛɛ_swiŋte",
    ]),
    ("nqo", [
        "ߞߐ߬ߓߊ߬ߟߏ߲ ߞߐ߬ߓ", "ߞߐ߬ߟߏ߲ ߞߐ߬ߟ", "ߞߎߣߎ߲ߟߏ߲ ߞߎߣ", "ߓߌߟߏ߲ ߓߌߟ", "ߛߌ߬ߣߌ߲߬ߟߏ߲ ߛߌ߬ߣ", "ߞߍ߲ߘߍߟߏ߲ ߞߍ߲ߘ",
        "ߞߊ߯ߙߌߟߏ߲ ߞߊ߯ߙ",
    ]),
    ("nr", [
        "umvulo", "ulesibili", "lesithathu", "ulesine", "ngolesihlanu", "", "usonto",
    ]),
    ("nso", [
        "", "", "", "", "", "mokibelo", "lamorena",
    ]),
    ("nus", [
        "jiec_lat", "rɛw_latni rɛw", "diɔk_latni diɔk", "ŋuaan_latni ŋuaan", "dhieec_latni dhieec",
        "bakɛl_latni bakɛl", "caŋ_kuɔth",
    ]),
    ("ny", [
        "lolemba", "lachiwiri", "lachitatu", "lachinayi", "lachisanu", "loweruka", "lamulungu",
    ]),
    ("om", [
        "wiixata", "kibxata", "roobii", "kamisa", "jimaata", "sanbata", "dilbata",
    ]),
    ("osa", [
        "𐓡𐓘𐓬𐓘_𐓬𐓘𐓡𐓛𐓧𐓣", "𐓡𐓘𐓬𐓘_𐓷𐓟𐓵𐓪𐓬𐓘", "𐓡𐓘𐓬𐓘_𐓷𐓟𐓵𐓘𐓜𐓣", "𐓡𐓘𐓬𐓘_𐓷𐓟𐓰𐓪𐓬𐓘", "", "𐓡𐓘𐓬𐓘_𐓪𐓤𐓘𐓸𐓟_𐓣𐓤𐓟", "𐓡𐓘𐓬𐓘_𐓷𐓘𐓤𐓘𐓰𐓘𐓤𐓣",
    ]),
    ("pap", [
        "djaluna", "djamars", "djarason", "djaweps", "djabierne", "djasabra", "djadumingu",
    ]),
    ("pcm", [
        "", "tiuzde", "wenezde", "tozde", "fraide", "satode", "sonde",
    ]),
    ("pis", [
        "mande", "tiusde", "wenesde", "tosde", "fraede", "satade", "",
    ]),
    ("prg", [
        "panadili", "wisasidis", "pussisawaiti", "ketwirtiks", "pentniks", "sabattika", "nadili",
    ]),
    ("rif", [
        "letnayen", "ttlat", "larbeɛ", "lexmis", "jjemɛa", "ssebt", "",
    ]),
    ("rn", [
        "", "", "", "", "", "", "ku_windwi",
    ]),
    ("rof", [
        "ijumatatu", "ijumanne", "ijumatano", "", "", "ijumamosi", "ijumapili",
    ]),
    ("saq", [
        "mderot_ee_kuni", "mderot_ee_ongwan", "mderot_ee_inet", "mderot_ee_ile", "mderot_ee_sapa", "mderot_ee_kwe",
        "mderot_ee_are",
    ]),
    ("sat", [
        "ᱚᱛᱮ", "ᱵᱟᱞᱮ", "ᱥᱟᱹᱜᱩᱱ ᱥᱟᱹ", "ᱥᱟᱹᱨᱫᱤ ᱥᱟᱹᱨ", "ᱡᱟᱹᱨᱩᱢ ᱡᱟᱹ", "ᱧᱩᱦᱩᱢ", "ᱥᱤᱸᱜᱮ ᱥᱤᱸ",
    ]),
    ("sbp", [
        "", "", "", "alahamisi", "", "", "mulungu",
    ]),
    ("sd_Deva", [
        "सूमर", "मंगलु मंग", "ॿुधर बु॒ध", "विस्पत विस", "जुमो जुम", "छंछर छंछ", "आर्तवार आर्त",
    ]),
    ("seh", [
        "chiposi", "chipiri", "chitatu", "chinai", "chishanu", "sabudu", "dimingu",
    ]),
    ("sg", [
        "bikua_use", "bikua_pta", "bikua_usio", "bikua_oku", "laposo", "layenga", "bikua_oko",
    ]),
    ("shi", [
        "ⴰⵢⵏⴰⵙ ⴰⵢⵏ", "ⴰⵙⵉⵏⴰⵙ ⴰⵙⵉ", "ⴰⴽⵕⴰⵙ ⴰⴽⵕ", "ⴰⴽⵡⴰⵙ ⴰⴽⵡ", "ⵙⵉⵎⵡⴰⵙ ⴰⵙⵉⵎ", "ⴰⵙⵉⴹⵢⴰⵙ ⴰⵙⵉⴹ", "ⴰⵙⴰⵎⴰⵙ ⴰⵙⴰ",
    ]),
    ("shi_Latn", [
        "aynas", "asinas", "akras", "akwas", "asimwas", "asidyas", "asamas",
    ]),
    ("sid", [
        "sanyo", "maakisanyo", "roowe", "hamuse", "", "qidaame", "",
    ]),
    ("skr", [
        "سوموار", "", "ٻدھ", "خمیس", "", "چھݨ_چھݨ", "",
    ]),
    ("smn", [
        "vuossaarga", "majebaarga majebarga", "koskoho koskokko", "tuorastuv tuorastah", "vastuppeeivi vastuppeivi",
        "lavurduv lavurdah", "pasepeeivi pasepeivi",
    ]),
    ("sn", [
        "muvhuro", "", "", "china", "", "mugovera", "svondo",
    ]),
    ("ss", [
        "", "lesibili", "lesitsatfu", "lesine", "lesihlanu", "umgcibelo", "lisontfo",
    ]),
    ("ssy", [
        "", "salus", "rabuq", "camus", "jumqata", "qunxa_sambat", "naba_sambat",
    ]),
    ("syr", [
        "ܬܪܝܢܒܫܒܐ ܬܪܝܢ", "ܬܠܬܒܫܒܐ ܬܠܬ", "ܐܪܒܥܒܫܒܐ ܐܪܒܥ", "ܚܡܫܒܫܒܐ ܚܡܫ", "ܥܪܘܒܬܐ ܥܪܘ", "ܫܒܬܐ", "ܚܕܒܫܒܐ",
    ]),
    ("teo", [
        "nakaebarasa", "nakaare", "nakauni", "nakaungon", "nakakany", "nakasabiti", "nakaejuma",
    ]),
    ("tig", [
        "", "ታላሸኖ ታላሸ", "ኣረርባዓ ኣረር", "ከሚሽ", "ጅምዓት ጅምዓ", "ሰንበት_ንኢሽ", "ሰንበት_ዓባይ",
    ]),
    ("tpi", [
        "", "tunde", "trinde", "fonde", "", "sarere", "",
    ]),
    ("trv", [
        "", "", "", "", "", "", "jiyax_sngayan",
    ]),
    ("trw", [
        "دوشیمے", "گھن_انگا", "چارشیمے", "پي_شیمے", "شوگار", "لو_انگا", "ایکشیمے",
    ]),
    ("ts", [
        "musumbhunuku", "ravumbirhi", "ravunharhu", "ravumune", "ravuntlhanu", "mugqivela", "sonta",
    ]),
    ("vai", [
        "ꗳꗡꘉ", "ꕚꕞꕚ", "ꕉꕞꕒ", "ꕉꔤꕆꕢ", "ꕉꔤꕀꕮ", "ꔻꔬꔳ", "ꕞꕌꔵ",
    ]),
    ("vai_Latn", [
        "tɛɛnɛɛ", "", "alaba", "aimisa", "aijima", "siɓiti", "",
    ]),
    ("ve", [
        "musumbuluwo", "lavhuvhili", "lavhuraru", "lavhuna", "lavhutanu", "mugivhela", "swondaha",
    ]),
    ("vec", [
        "", "", "mercore", "", "venare", "", "",
    ]),
    ("vmw", [
        "nihiku_noolempwa", "namaanli", "namararu", "namaxexe", "namathanu", "esaabadu", "ettiminku",
    ]),
    ("vo", [
        "mudel", "tudel", "vedel", "dodel", "fridel", "zadel", "sudel",
    ]),
    ("wae", [
        "mantag", "zistag", "mittwuc", "frontag", "fritag", "", "sunntag",
    ]),
    ("wal", [
        "ሳይኖ", "ማቆሳኛ", "አሩዋ", "ሃሙሳ", "አርባ", "", "",
    ]),
    ("wo", [
        "altine", "", "", "alxamis", "ajjuma", "aseer", "dibeer",
    ]),
    ("xnr", [
        "सोआर", "", "", "वीरवार वीर", "शुक्करवार शुक्कर", "शनिच्चरवार", "तोआर",
    ]),
    ("xog", [
        "", "owokubili", "owokusatu", "olokuna", "olokutaanu", "olomukaaga", "sabiiti",
    ]),
    ("yav", [
        "mondie", "muanyaŋmondie", "metukpiapɛ", "kupelimetukpiapɛ", "felete", "sesele", "sɔndiɛ",
    ]),
    ("yrl", [
        "murakipi", "muraki_mukui", "muraki_musapiri", "supapa", "yukuaku", "sauru", "mituu",
    ]),
    ("za", [
        "singhgizit", "singhgizngeih", "singhgizsam", "singhgizseiq", "singhgizhaj", "singhgizroek", "ngoenzsinghgiz",
    ]),
    ("zgh", [
        "", "", "", "", "ⴰⵙⵉⵎⵡⴰⵙ", "", "",
    ]),
];
