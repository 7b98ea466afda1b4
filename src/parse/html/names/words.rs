//! Words in bylines: what stands before a name, behind it, and what is none.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::parse::html::phrases;

/// Words before a name, in lower case; longer ones before their beginnings.
pub(super) static BEFORE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases(
        "written and reviewed by|story and photos by|written by|posted by|published by|article by|words by|story by|\
    text by|authored by|created by|contributed by|guest post by|a guest post by|reported by|review by|\
    about the author|authors|author|by|geschrieben von|ein artikel von|veröffentlicht von|von|autorin|autoren|\
    autor/a|autores|autora|autor|écrit par|publié par|rédigé par|par|auteurs|auteure|auteur|escrito por|\
    publicado por|por|a cura di|scritto da|pubblicato da|di|autore|geschreven door|door|skrevet av|skrevet af|\
    skriven av|text:|tekst:|av|af|kirjoittanut|napisał|przez|автор|作者|文|撰文|記者|글|yazar|yazan|oleh|penulis|\
    tác giả|contributor|contributors|name",
    )
    .collect()
});

/// Beginnings of lines that name somebody else than the author.
pub(super) static NOT_AUTHORS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases("reviewed|medically|edited|fact|photo|updated by|translated|illustrat|image|last updated").collect()
});

/// Words that end a name and begin something else, in lower case.
pub(super) static AFTER: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    str::split_whitespace(
        "updated published posted last on in for at from min read follow is was has with reviewed edited medically \
    fact about share comments leave view see more via photo photos photography writes am days hours minutes ago \
    mins filed under subscribe modified date created added originally verified contributing joined registered \
    logged started and und",
    )
    .collect()
});

/// Words of a role or an organisation's part, in lower case: behind a comma they are no second author.
pub(super) static ROLES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    str::split_whitespace(
        "editor reporter correspondent writer staff contributor columnist journalist director manager senior \
    president ceo cto cfo cmo founder co-founder cofounder head vp vice chief lead professor analyst consultant \
    engineer specialist author blogger managing executive associate assistant deputy freelance guest owner \
    partner coach therapist dietitian nutritionist attorney marketing content product news features redakteur \
    redakteurin redaktion rédacteur rédactrice redactor redactora giornalista strategist developer designer \
    expert advisor researcher fellow photographer copywriter certified licensed registered reviewer producer \
    host trainer principal coordinator",
    )
    .collect()
});

/// Letters behind a name that belong to it, without dots, in lower case.
pub(super) static DEGREES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    str::split_whitespace(
        "phd md dds dvm jd esq jr sr ii iii iv mba ms ma msc bsc rn rd rdn ldn cpa cfp cepf do dpt edd psyd lcsw lmft \
    lpc cfa bs ba mph mfa med pharmd dnp np pa facp cscs cpt dmd od mpp mpa ea cissp pmp cfpr cdces fnp dc mscp \
    bcba lac mhs scd llm aicp",
    )
    .collect()
});

/// Words in the names of organisations and their parts, whose `and` and `for` part nothing.
pub(super) static DEPARTMENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    str::split_whitespace(
        "center centre department institute university office team association committee desk foundation society \
    staff editors group ministry agency council school college",
    )
    .collect()
});

/// Words that say that nobody in particular wrote it.
pub(super) static NOBODY: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    phrases(
        "admin|administrator|editor|staff|author|guest|user|root|webmaster|unknown|anonymous|none|null|undefined|n/a|\
    by|team|wordpress|superadmin|super user|siteadmin|default|posts|profile|view profile|bio|read more|follow|\
    website|home|share|facebook|twitter|instagram|linkedin|email|print|about|contact|written by|published|login|\
    sign in|members|member|moderator|comments|comment|reply|redaktion|redacción|redazione|rédaction|name|\
    the author|posted|updated|joined|logged|registered|sign up|sign|insights from|insights|feedback|reviews|\
    all reviews|cart|premium|online|offline|new member|search|categories|category|menu|community bot|copyright|\
    english|news|blog|article|articles|authors|editors|contributors|contributor|no comments|privacy policy|\
    advertisement|today|yesterday|now|just now|written|reviewed|edited|read|see more|show more|view all|\
    view all posts|see all|all posts|more|previous|next|user profile|account|my account|in this article|\
    table of contents|on this page|share this|share this article|key takeaways|jump to|listen|save|bookmark|\
    read time|reading time|featured|sponsored|partner content|log in|register|subscribe|newsletter|shop all|\
    shop|topics|tags|date|time",
    )
    .collect()
});

/// Names of months and days that follow names of people where nothing stands between them.
pub(super) static MONTHS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    str::split_whitespace(
        "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday montag dienstag \
    mittwoch donnerstag freitag samstag sonntag january february march july august september october november \
    december jan feb mar apr jun jul aug sep sept oct nov dec",
    )
    .collect()
});
