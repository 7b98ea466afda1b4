//! What the columns of a table hold, by their names or by the mapping of the configuration.

use std::collections::{BTreeMap, HashSet};

use crate::article::BodyKind;
use crate::error::{Error, Result};
use feedmill_dates::{self as dates, KeyRole};

/// More columns than a spreadsheet can have are no table.
pub(super) const MOST: usize = 16_384;

/// The columns of one table.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The key under which each column goes to the metadata; empty for one without a name.
    pub keys: Vec<String>,
    /// Columns of the text, best first, with what it is written in where the name says so.
    pub bodies: Vec<(usize, Option<BodyKind>)>,
    /// The column that tells rows apart.
    pub id: Option<usize>,
    /// A column of days, and the column of times that belongs to it.
    pub day_and_time: Option<(usize, usize)>,
    /// Columns of year, month and day.
    pub parts: Option<[usize; 3]>,
    /// Columns of days that a spreadsheet counts from the end of 1899.
    pub serials: Vec<usize>,
}

/// A field, and the names under which tables have it, in lower case and without anything but letters and digits: those
/// that the metadata know themselves, and those of other languages.
const FIELDS: &[(&str, &str, &str)] = &[
    (
        "title",
        "title headline posttitle articletitle webtitle subject name",
        "heading titel überschrift ueberschrift schlagzeile \
         titre titulo título titular titolo manchete tytuł nagłówek заголовок название 标题 標題 题目 タイトル 見出し 제목 \
         başlık otsikko overskrift cím judul tiêuđề titul titlu العنوان عنوان כותרת τίτλος शीर्षक",
    ),
    (
        "url",
        "url link permalink weburl articleurl posturl originalurl canonicalurl canonical",
        "pageurl sourceurl uri href lien enlace adresse ссылка 链接 網址 リンク",
    ),
    (
        "author",
        "author authors byline by creator writer authorname postedby",
        "autor autorin autores verfasser auteur auteurs \
         autore autori författare forfatter автор авторы 作者 著者 저자 기자 yazar kirjoittaja szerző penulis tácgiả",
    ),
    (
        "tags",
        "tags tag topics topic keywords keyword labels",
        "schlagworte schlagwörter stichworte etiquetas motsclés motscles \
         étiquettes parolechiave tagi теги метки 标签 標籤 关键词 タグ キーワード 태그 etiketler",
    ),
    (
        "section",
        "section sectionname desk category categories channel",
        "ressort kategorie rubrique catégorie sección seccion \
         categoría categoria seção editoria sezione dział kategoria kategori рубрика категория раздел 分类 分類 栏目 カテゴリ \
         카테고리 bölüm",
    ),
    (
        "summary",
        "summary description excerpt abstract lead lede teaser snippet standfirst deck",
        "zusammenfassung beschreibung \
         vorspann résumé chapo resumen descripción resumo descrição sommario riassunto streszczenie opis описание анонс \
         аннотация 摘要 概要 요약 özet ingress",
    ),
    ("language", "language lang locale languagecode", "sprache langue idioma lingua язык 语言 言語 언어 dil"),
    ("id", "id guid uuid articleid postid docid documentid storyid newsid itemid recordid docno", "kennung ид"),
];

/// Names of the text, best first, with what it is written in where the name says so.
const TEXTS: &[(&str, Option<BodyKind>)] = &[
    ("contenthtml", Some(BodyKind::Html)),
    ("bodyhtml", Some(BodyKind::Html)),
    ("html", Some(BodyKind::Html)),
    ("markdown", Some(BodyKind::Markdown)),
    ("contentmarkdown", Some(BodyKind::Markdown)),
    ("content", None),
    ("body", None),
    ("text", None),
    ("articlebody", None),
    ("fulltext", None),
    ("maintext", None),
    ("bodytext", None),
    ("articletext", None),
    ("articlecontent", None),
    ("postcontent", None),
    ("contenttext", None),
    ("plaintext", Some(BodyKind::Text)),
    ("story", None),
    ("article", None),
    ("post", None),
    ("message", None),
    ("selftext", Some(BodyKind::Markdown)),
];

/// More names of the text, in other languages.
const FOREIGN_TEXTS: &str = "inhalt volltext artikeltext artikel beitrag texte contenu texto contenido cuerpo conteúdo \
    conteudo corpo testo contenuto tekst treść innehåll brødtekst indhold teksti szöveg tartalom text obsah metin içerik \
    haber isi nộidung текст содержание содержимое 正文 内容 內容 本文 記事 본문 내용 النص المحتوى תוכן κείμενο";

/// Whether a name is one that columns of articles usually have.
pub(super) fn is_known(name: &str) -> bool {
    is_date(name) || holds_words(name) || field_of(&fold(name)).is_some()
}

/// Whether a column of that name holds days of publication.
pub(super) fn is_date(name: &str) -> bool {
    matches!(dates::key_role(name), KeyRole::Publication | KeyRole::Created)
        || matches!(fold(name).as_str(), "createdutc" | "unixtime" | "time")
}

/// Whether a column of that name holds titles or texts.
pub(super) fn holds_words(name: &str) -> bool {
    let folded = fold(name);
    text_rank(&folded).is_some() || field_of(&folded) == Some("title")
}

/// A name without case, blanks and punctuation.
fn fold(name: &str) -> String {
    const LONGEST: usize = 60;
    name.chars().filter(|c| c.is_alphanumeric()).take(LONGEST).flat_map(char::to_lowercase).collect()
}

fn field_of(folded: &str) -> Option<&'static str> {
    let known = |names: &str| names.split_whitespace().any(|name| name == folded);
    FIELDS.iter().find(|(_, own, foreign)| known(own) || known(foreign)).map(|(field, ..)| *field)
}

fn text_rank(folded: &str) -> Option<(usize, Option<BodyKind>)> {
    let listed = TEXTS.iter().position(|(name, _)| *name == folded).map(|at| (at, TEXTS[at].1));
    listed.or_else(|| FOREIGN_TEXTS.split_whitespace().any(|name| name == folded).then_some((TEXTS.len(), None)))
}

impl Columns {
    /// What the columns of these names hold. `mapping` tells for fields (`text`, `date`) the names of their columns.
    ///
    /// # Errors
    /// The mapping names a column that is not there; or nothing tells where titles or texts stand, and where dates.
    pub fn find(names: &[String], mapping: &BTreeMap<String, String>, origin: &str) -> Result<Columns> {
        let mut mapped: BTreeMap<usize, &str> = BTreeMap::new();
        for (field, name) in mapping {
            let same =
                |other: &&String| other.trim() == name.trim() || fold(other) == fold(name) && !fold(name).is_empty();
            let at = names.iter().position(|other| same(&other)).ok_or_else(|| {
                Error::input(origin, format!("the column {name:?} (for {field})"), listed(names))
                    .hint("correct `columns` of the source")
            })?;
            mapped.insert(at, field);
        }
        let mut columns = Columns::default();
        let mut taken: HashSet<String> = mapped.values().map(|field| (*field).to_owned()).collect();
        let mut bodies = Vec::new();
        let mut has_words = false;
        let mut has_date = false;
        for (at, name) in names.iter().enumerate() {
            let name = name.trim();
            let folded = fold(mapped.get(&at).copied().unwrap_or(name));
            let key = match mapped.get(&at) {
                Some(field) => (*field).to_owned(),
                None => unique(key_of(name, &folded), name, &mut taken),
            };
            // A mapped text or title goes before any other column that looks like one.
            if let Some((rank, kind)) = text_rank(&folded) {
                bodies.push((!mapped.contains_key(&at), rank, at, kind));
                has_words = true;
            }
            has_words |= field_of(&folded) == Some("title") || field_of(&folded) == Some("summary");
            has_date |= is_date(&key) || field_of(&folded) == Some("url");
            if columns.id.is_none() && field_of(&folded) == Some("id") {
                columns.id = Some(at);
            }
            columns.keys.push(key);
        }
        bodies.sort_unstable_by_key(|(unmapped, rank, at, _)| (*unmapped, *rank, *at));
        columns.bodies = bodies.into_iter().map(|(_, _, at, kind)| (at, kind)).collect();
        let named = |wanted: &str| columns.keys.iter().position(|key| fold(key) == wanted);
        let time = named("time").or_else(|| named("uhrzeit")).or_else(|| named("hora")).or_else(|| named("heure"));
        let day = columns.keys.iter().position(|key| is_date(key) && !matches!(fold(key).as_str(), "day" | "time"));
        columns.day_and_time = day.zip(time).filter(|(day, time)| day != time);
        if let (None, Some(year), Some(month), Some(day)) = (day, named("year"), named("month"), named("day")) {
            columns.parts = Some([year, month, day]);
            has_date = true;
        }
        if !has_words || !has_date {
            let missing = if has_words { "a column of dates" } else { "a column of titles or texts" };
            return Err(Error::input(origin, missing, listed(names)).hint(
                "name the columns in the source's options: columns = { date = \"…\", title = \"…\", text = \"…\" }; \
                 a table needs a header line",
            ));
        }
        Ok(columns)
    }

    /// Learns from the first rows which columns of dates are numbers of days, as spreadsheets count them.
    pub fn learn_serials(&mut self, rows: &[Vec<String>]) {
        let is_serial = |at: &usize| {
            let mut values =
                rows.iter().filter_map(|row| row.get(*at)).filter(|value| !value.trim().is_empty()).peekable();
            values.peek().is_some() && values.all(|value| serial(value).is_some())
        };
        let dates = (0..self.keys.len()).filter(|at| is_date(&self.keys[*at]));
        self.serials = dates.filter(is_serial).collect();
    }
}

/// The day that a spreadsheet means by a number, with its time where it has a fraction: `45116` is 2023-07-09. Only
/// numbers of the years 1982 to 2064 are taken for days.
pub(super) fn serial(text: &str) -> Option<String> {
    let text = text.trim();
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_number = whole.len() == 5 && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    let days: i64 = whole.parse().ok().filter(|days| is_number && (30_000..=60_000).contains(days))?;
    let day = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(chrono::Duration::days(days))?;
    let part: f64 = format!("0.{fraction}").parse().ok()?;
    let seconds = (part * 86_400.0).round() as u32;
    if seconds == 0 || seconds >= 86_400 {
        return Some(day.to_string());
    }
    Some(format!("{day} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

/// The key under which a column goes to the metadata: its own name, or that of the field in English.
fn key_of<'n>(name: &'n str, folded: &str) -> &'n str {
    match field_of(folded) {
        Some(field) if !is_known_to_metadata(folded) => field,
        _ => name,
    }
}

fn is_known_to_metadata(folded: &str) -> bool {
    FIELDS.iter().any(|(_, own, _)| own.split_whitespace().any(|name| name == folded))
}

/// The key, unless another column has it; then the name, with a number if need be.
fn unique(key: &str, name: &str, taken: &mut HashSet<String>) -> String {
    if name.is_empty() {
        return String::new();
    }
    let numbered = (2..).map(|number| format!("{name} {number}"));
    let mut names = [key.to_owned(), name.to_owned()].into_iter().chain(numbered);
    names.find(|name| taken.insert(name.clone())).unwrap_or_default()
}

/// The names of columns, for messages.
fn listed(names: &[String]) -> String {
    const MOST_SHOWN: usize = 20;
    let shown: Vec<String> = names.iter().take(MOST_SHOWN).map(|name| feedmill_markup::excerpt(name, 40)).collect();
    let more = names.len().saturating_sub(MOST_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("the columns {}{more}", shown.join(", "))
}
