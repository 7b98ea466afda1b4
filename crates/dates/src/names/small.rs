//! The small words of dates in any language, and spellings of names that the CLDR does not list.
//!
//! They are folded when they are entered, `_` stands between the words of one. A word that stands in two lists has the
//! part of the first.

use super::Role;
use crate::eras::Calendar;

/// Months as they are written beside the forms of the CLDR, January first.
#[rustfmt::skip]
pub(super) static MONTHS: [&str; 12] = [
    "thang_mot thang_gieng เดือนมกราคม gener sijecanj sijecnja янвр",
    "thang_hai เดือนกุมภาพันธ์ veljaca fbr",
    "thang_ba เดือนมีนาคม ozujak ozujka मार्च mrz",
    "thang_tu เดือนเมษายน travanj travnja अप्रेल",
    "thang_nam เดือนพฤษภาคม svibanj svibnja",
    "thang_sau เดือนมิถุนายน lipanj lipnja",
    "thang_bay เดือนกรกฎาคม srpanj srpnja",
    "thang_tam เดือนสิงหาคม kolovoz kolovoza",
    "thang_chin เดือนกันยายน rujan rujna सितम्बर",
    "thang_muoi เดือนตุลาคม अक्तूबर अक्टुबर",
    "thang_muoi_mot เดือนพฤศจิกายน studeni studenog studenoga नवम्बर",
    "thang_muoi_hai thang_chap เดือนธันวาคม prosinac prosinca दिसम्बर",
];

/// Days of the week as they are written beside the forms of the CLDR, Monday first.
pub(super) static WEEKDAYS: [&str; 7] =
    ["пнд понед", "tues втр вівт", "weds срд серед", "thur thurs чтв четв", "птн пятн", "сбт суб субб", "вск воскр"];

/// What words are that name neither month nor weekday.
pub(super) static ROLES: &[(&str, Role)] = &[
    (FILLERS, Role::Filler),
    (YEAR_MARKS, Role::YearMark),
    ("thang thg", Role::MonthBefore),
    ("сар сарын сард", Role::MonthAfter),
    ("พศ พุทธศักราช ພສ ពស be", Role::Era(Calendar::Buddhist)),
    ("هق هجري هجرية هجریه للهجرة قمری قمري ah hijri", Role::Era(Calendar::Islamic)),
    ("هش هجریشمسی شمسی خورشیدی ش ap", Role::Era(Calendar::Persian)),
    (AM, Role::Am),
    (PM, Role::Pm),
    ("ночи ночі noci nocy noche noite notte nachts gece night nuit 夜 夜里 夜裡 夜间 夜間 深夜 밤", Role::Night),
    (
        "noon midday mittag midi podne пладне обяд mediodía delben dél oğle öğle trưa mediodia mezzogiorno meio_dia полдень полудень poledne poludnie oglen 正午 中午 정오 ظهر ظهرا",
        Role::Noon,
    ),
    (
        "midnight mitternacht minuit ponoc поноћ полунощ ejfel éjfél geceyarısı midnat midnatt medianoche mezzanotte meia_noite полночь північ pulnoc polnoc middernacht 午夜 자정 منتصف_الليل",
        Role::Midnight,
    ),
    (AT, Role::At),
    (CLOCK, Role::Clock),
    // The sign of the Islamic year alone is also the letter of a time or an initial, so that it comes last.
    ("ه ق ھ", Role::Era(Calendar::Islamic)),
];

/// Days of the month in words, from the first on; of other languages than English those that have a word for the first.
pub(super) static DAYS: [&str; 31] = [
    "first premier primero primeiro primo erster ersten prvog prvni pierwszego első",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty_first",
    "twenty_second",
    "twenty_third",
    "twenty_fourth",
    "twenty_fifth",
    "twenty_sixth",
    "twenty_seventh",
    "twenty_eighth",
    "twenty_ninth",
    "thirtieth",
    "thirty_first",
];

static FILLERS: &str = "de del di do du da dal dl of on the den der dem le la die ils el il ta lia ne na su u an yan a e o \
    ngay lo mh y la_data_di คศ ที วันที د نچی ییل کونی ம dne dnia dana  من ماه مورخ مورخه سنة عام";
static YEAR_MARKS: &str = "г год года году годы гг р рік року рр ж жыл жылы л ш ҫ аз ел թ թվական թվականի gada gads m metai metu d \
    mettas сыл күнэ оны он гараг гарагт nam ad ce ac bce ء عیسوی ميلادي میلادی সাল সালে সন খ্রিস্টাব্দ খ্রি ई सन् \
    rok roku yil yılı god godine leto წ წელი წლის ປີ ปี";
static AM: &str = "am a_m vorm vormittags vm fm dop rano πμ дп ам ص صباحا صباح قظ قبلازظهر 上午 午前 凌晨 早上 早 早晨 清晨 朝 오전 아침 새벽 \
    पूर्वाह्न मपू सुबह ก่อนเทียง sa ap aamu aamulla morning matin mattina manana manha morgens morgen morgon ochtends \
    utra утра ранку сутринта ԿԱ проб пр_об fh sabah օր priespiet priekspusd prieksp претпладне прет үө тң غم \
    පෙව முற்பகல் காலை ಪೂರ್ವಾಹ್ನ ព្រឹក ກອນທຽງ ກ່ອນທ່ຽງ ጥዋት ጠዋት နံနက် yb pg pagi paradites e_paradites преподне пре_подне prijepodne \
    dopoledne przed_poludniem delelott reggel לפנהצ לפנה״צ בבוקר পূর্বাহ্ণ সকাল ਪੂਦੁ";
static PM: &str = "pm p_m nachm nachmittags nm em ip odp μμ пп pp م مساء بظ بعدازظهر عصر 下午 午後 午后 晚上 晚 晚间 晚間 傍晚 夕方 오후 저녁 낮 \
    अपराह्न मउ शाम दोपहर หลังเทียง ch afternoon evening soir apresmidi apres_midi sera pomeriggio tarde tardes \
    abends abend mittags kvall aften kveld avonds middags вечера дня вечора ԿՀ слоб сл_об eh aksam ogleden popiet pecp pecpusd попладне үх тк غو \
    පව பிற்பகல் மாலை ಅಪರಾಹ್ನ ល្ងាច ຫລງທຽງ ຫຼັງທ່ຽງ ከሰዓት ညနေ yh ptg petang sore malam pasdites e_pasdites поподне по_подне poslijepodne popoldne \
    odpoledne vecer wieczorem po_poludniu delutan אחהצ אחה״צ בערב অপরাহ্ণ বিকাল বিকেল রাত ਬਾਦੁ illalla";
static AT: &str = "at um kl klo klokken klockan kloka kello kell ore alle a las les ás as à om à στις o_godz godz ob v ve in en \
    в о у ў ὥρα plkst val saat ساعت الساعة בשעה pukul jam pukol lúc luc u ura orę klukkan kla lo_orario orele ora_e klockan";
static CLOCK: &str =
    "uhr uur h hs hrs hr hours hour ora orele horas heures часов часа час ч годин година год н oclock o_clock น";

/// Endings that languages give to the names of months in a sentence.
pub(super) static ENDINGS: &str = "a e i o u y n s t l k an en in on un ta te da de na ne ni nu ja ju ji je ga og oga eg ega em om im \
    om am ssa lla lta sta sa st la le ban ben ra re es as is os ren ko ek ak tol ig jan jen nin nun dan den nda nde inda inde \
    ta ti я ю і и е у а о й ем ом де да та те нің ның дың дің ын ин на но \
    ს ის ში ი ին ի ում եան ից ում";
