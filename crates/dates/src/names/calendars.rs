//! How the months of the Persian and Islamic calendars are named, in their own languages and in others.

use crate::eras::Calendar;

/// The names of the months, first to last, with `_` between the words of a name; folded when they are entered.
#[rustfmt::skip]
pub(super) static MONTHS: &[(Calendar, [&str; 12])] = &[
    // Iran, then Afghanistan in Dari and Pashto.
    (Calendar::Persian, [
        "فروردین حمل وری farvardin", "اردیبهشت ثور غويی غوایی ordibehesht", "خرداد جوزا غبرګولی khordad", "تیر سرطان چنگاښ چنګاښ tir",
        "مرداد امرداد اسد زمری mordad", "شهریور سنبله سنبلهٔ وږی shahrivar", "مهر میزان تله mehr", "آبان عقرب لړم aban",
        "آذر قوس لیندۍ لیندی azar", "دی جدی مرغومی dey", "بهمن دلو سلواغه bahman", "اسفند حوت کب esfand",
    ]),
    (Calendar::Islamic, [
        "محرم المحرم محرم_الحرام muharram muharrem moharram", "صفر صفر_المظفر safar sefer",
        "ربيع_الأول ربیع_الاول rabi_al_awwal rabi_al_awal rabi_ul_awwal rabiulawal rabiul_awal rabiul_awwal rabi_i rebiulevvel",
        "ربيع_الآخر ربيع_الثاني ربیع_الثانی rabi_al_thani rabi_al_akhir rabi_ath_thani rabiulakhir rabiul_akhir rabi_ii rebiulahir",
        "جمادى_الأولى جمادى_الأول جمادی_الاول جمادی_الاولی جمادي_الاولى jumada_al_awwal jumada_al_ula jumada_i jumadil_awal jumadilawal cemaziyelevvel",
        "جمادى_الآخرة جمادى_الثانية جمادى_الآخر جمادی_الثانی جمادی_الثانیه جمادی_الاخری jumada_al_thani jumada_al_akhirah jumada_ii jumadil_akhir jumadilakhir cemaziyelahir",
        "رجب رجب_المرجب rajab receb redzheb", "شعبان شعبان_المعظم shaban syaban shaaban saban", "رمضان رمضان_المبارك ramadan ramadhan ramazan ramzan",
        "شوال شوال_المکرم shawwal syawal sevval shawal",
        "ذو_القعدة ذي_القعدة ذوالقعده ذی_القعده ذیقعده ذوالقعدة dhu_al_qadah dhu_al_qidah dhul_qadah dhul_qidah zulkaidah zulkaedah zilkade",
        "ذو_الحجة ذي_الحجة ذوالحجه ذی_الحجه ذیحجه ذوالحجة dhu_al_hijjah dhul_hijjah dhu_al_hijja zulhijah zulhijjah zilhicce",
    ]),
];
