//! The arbiter: of all the dates that a document offers, the one on which it was published.

use std::cmp::Ordering;

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, TimeZone, Utc};

use super::calendar::year_first_of;
use super::{
    ArticleDate, Candidate, Confidence, DateRule, DateValue, KeyRole, Order, Precision, Reading, key_role, resolve,
};

impl Candidate {
    /// A candidate as its rule found it; `place` names the key, header or path, and `raw` is the text of the date.
    ///
    /// The confidence follows from the rule, and is low where day and month could be the other way round.
    ///
    /// A creation key (see [`KeyRole::Created`]) is given with [`DateRule::Metadata`] or [`DateRule::Sidecar`] and
    /// its own name as the place; [`choose`] knows by the name that another publication key goes before it.
    pub fn new(reading: Reading, rule: DateRule, place: impl Into<String>, raw: impl Into<String>) -> Self {
        let confidence = match (reading.order, rule) {
            (Order::Ambiguous, _) | (_, DateRule::Title | DateRule::Update | DateRule::Modified) => Confidence::Low,
            (_, DateRule::Visible | DateRule::PartialPath) => Confidence::Medium,
            _ => Confidence::High,
        };
        Candidate { value: reading.value, rule, place: place.into(), raw: raw.into(), order: reading.order, confidence }
    }

    /// The key that it stands under, for candidates out of metadata.
    fn role(&self) -> KeyRole {
        match self.rule {
            DateRule::Metadata | DateRule::Sidecar => key_role(&self.place),
            _ => KeyRole::Other,
        }
    }

    /// Whether it says from when on the article may be shown; such a key is given with [`DateRule::Update`].
    pub fn is_embargo(&self) -> bool {
        self.rule == DateRule::Update && key_role(&self.place) == KeyRole::Embargo
    }

    /// The candidate with day and month as `order` says, if it was undecided.
    fn ordered(mut self, order: Order, confidence: Confidence) -> Candidate {
        if self.order != Order::Ambiguous || !matches!(order, Order::DayFirst | Order::MonthFirst) {
            return self;
        }
        if order == Order::MonthFirst {
            let Some(swapped) = swapped(&self.value) else { return self };
            self.value = swapped;
        }
        self.order = order;
        self.confidence = confidence;
        self
    }
}

impl Order {
    /// What several dates of one source say together: one that is decided decides for all, and contradictory ones
    /// decide nothing.
    ///
    /// ```
    /// use feedmill_dates::Order;
    /// assert_eq!(Order::of_source([Order::Ambiguous, Order::DayFirst, Order::Fixed]), Order::DayFirst);
    /// assert_eq!(Order::of_source([Order::MonthFirst, Order::DayFirst]), Order::Ambiguous);
    /// ```
    pub fn of_source(orders: impl IntoIterator<Item = Order>) -> Order {
        let (mut day, mut month) = (false, false);
        for order in orders {
            day |= order == Order::DayFirst;
            month |= order == Order::MonthFirst;
        }
        match (day, month) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            _ => Order::Ambiguous,
        }
    }
}

impl ArticleDate {
    /// The date once the order of its source is known: what was ambiguous is read anew with medium confidence, and
    /// what then agrees is no conflict any more. With [`Order::Fixed`] or [`Order::Ambiguous`] nothing changes.
    pub fn with_order(self, order: Order) -> ArticleDate {
        let chosen = self.chosen.ordered(order, Confidence::Medium);
        let conflicts = self.conflicts.into_iter().map(|other| other.ordered(order, Confidence::Medium));
        let conflicts = conflicts.filter(|other| contradicts(other, &chosen)).collect();
        ArticleDate { chosen, conflicts }
    }

    /// The date by which the article is due at an instant: the latest publication key or embargo that lies ahead goes
    /// before a date that is earlier. An embargo that has ended contradicts nothing.
    ///
    /// A date more than a year ahead of `written`, when the document was written or fetched, is not of high confidence.
    pub fn due<Z: TimeZone>(mut self, now: DateTime<Utc>, written: DateTime<Utc>, zone: &Z) -> ArticleDate {
        let at = |candidate: &Candidate| {
            let midnight = || resolve(&candidate.value.first_day().and_time(NaiveTime::MIN), zone);
            candidate.value.instant_in(zone).unwrap_or_else(midnight)
        };
        let chosen = at(&self.chosen);
        let may_delay = |other: &Candidate| {
            (other.role() == KeyRole::Publication || other.is_embargo()) && other.order != Order::Ambiguous
        };
        let ahead = |other: &&Candidate| may_delay(other) && at(other) > now && at(other) > chosen;
        if let Some(later) = self.conflicts.iter().filter(ahead).max_by_key(|other| at(other)).cloned() {
            self.conflicts.retain(|other| *other != later);
            let later = Candidate { confidence: Confidence::Medium, ..later };
            self.conflicts.insert(0, std::mem::replace(&mut self.chosen, later));
        }
        self.conflicts.retain(|other| !other.is_embargo() || at(other) > now);
        if at(&self.chosen) > written + TimeDelta::days(366) {
            self.chosen.confidence = self.chosen.confidence.min(Confidence::Medium);
        }
        self
    }
}

/// The best candidate, with the ones that contradict it; `None` where there are none.
///
/// 1. Ambiguous numeric dates (`07-05-2012`) are settled by the document's other dates: by one that agrees with one
///    of the two readings only (high confidence), else by the order of its other numeric dates (medium).
/// 2. The most trusted rule wins; in metadata a publication key goes before a creation key, then the order of the
///    document decides.
/// 3. A publication key that is later than a creation key, where the path agrees with the creation key, is an edit:
///    the creation key wins.
/// 4. A winner that states less than a day or no time gives way to a finer candidate that lies within it (metadata
///    `2016-04` and path `2016/04/03`): the two agree, and the finer says more. Update keys and modification times
///    never refine.
/// 5. Conflicts are candidates more than a day apart. An embargo that is later is one of them, so that whoever knows the
///    time can heed it (see [`ArticleDate::due`]). An update that is later, and a modification time that is later,
///    contradict nothing: they are bounds. A winner of high confidence with a conflict among the rules that are as
///    good as a visible date or better falls to medium.
pub fn choose(candidates: Vec<Candidate>) -> Option<ArticleDate> {
    let mut candidates = settle_orders(candidates);
    candidates.sort_by(trust);
    let chosen = candidates.first()?;
    let chosen = original(chosen, &candidates).unwrap_or(chosen);
    let mut chosen = refined(chosen, &candidates);
    let mut conflicts: Vec<Candidate> = Vec::new();
    for other in candidates {
        if contradicts(&other, &chosen) && !conflicts.contains(&other) {
            conflicts.push(other);
        }
    }
    if chosen.confidence == Confidence::High && conflicts.iter().any(|other| other.rule <= DateRule::Visible) {
        chosen.confidence = Confidence::Medium;
    }
    Some(ArticleDate { chosen, conflicts })
}

/// Every candidate with what speaks for or against it, the chosen one first; for people who ask why.
pub fn weigh(candidates: Vec<Candidate>) -> Vec<(Candidate, String)> {
    let mut candidates = settle_orders(candidates);
    candidates.sort_by(trust);
    let Some(ArticleDate { chosen, .. }) = choose(candidates.clone()) else { return Vec::new() };
    let first = candidates.first().cloned();
    let is_chosen = |candidate: &Candidate| {
        candidate.value == chosen.value && candidate.rule == chosen.rule && candidate.place == chosen.place
    };
    if let Some(at) = candidates.iter().position(is_chosen) {
        candidates.remove(at);
    }
    let mut weighed = vec![(chosen.clone(), praise(&chosen, first.as_ref()))];
    for candidate in candidates {
        let verdict = objection(&candidate, &chosen);
        weighed.push((candidate, verdict));
    }
    weighed
}

/// Why the chosen one was chosen.
fn praise(chosen: &Candidate, first: Option<&Candidate>) -> String {
    let Some(first) = first.filter(|first| first.place != chosen.place || first.rule != chosen.rule) else {
        return "chosen: the most trusted place".to_owned();
    };
    match chosen.value.agrees_with(&first.value) {
        true => format!("chosen: says more than {first}, and agrees with it"),
        false => format!("chosen: the path says so too, so {first} is an edit"),
    }
}

/// Why another one was chosen.
fn objection(candidate: &Candidate, chosen: &Candidate) -> String {
    let days = (candidate.value.first_day() - chosen.value.first_day()).num_days();
    match () {
        () if candidate.value == chosen.value => "says the same".to_owned(),
        () if candidate.value.agrees_with(&chosen.value) => "agrees, to the day or to what it says at all".to_owned(),
        () if candidate.is_embargo() => "an embargo: the article is due then while that lies ahead".to_owned(),
        () if matches!(candidate.rule, DateRule::Update | DateRule::Modified) && days > 0 => {
            "an update: no more than a bound".to_owned()
        }
        () if candidate.rule > chosen.rule => {
            format!(
                "{} apart, and {} is trusted less than {}",
                count_days(days),
                candidate.rule.name(),
                chosen.rule.name()
            )
        }
        () if candidate.role() == KeyRole::Created => {
            format!("{} apart, and the creation is not the publication", count_days(days))
        }
        () if candidate.role() == KeyRole::Publication && days > 0 => {
            format!("{} later: the article is due then while that lies ahead", count_days(days))
        }
        () => format!("{} apart, and stands behind it", count_days(days)),
    }
}

fn count_days(days: i64) -> String {
    match days.abs() {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// More trusted first. The sort is stable, so that equals stay in the order of the document.
fn trust(a: &Candidate, b: &Candidate) -> Ordering {
    let rank = |candidate: &Candidate| (candidate.rule, candidate.role() == KeyRole::Created);
    rank(a).cmp(&rank(b))
}

fn settle_orders(candidates: Vec<Candidate>) -> Vec<Candidate> {
    if candidates.iter().all(|candidate| candidate.order != Order::Ambiguous) {
        return candidates;
    }
    let known: Vec<Candidate> =
        candidates.iter().filter(|c| c.order != Order::Ambiguous && c.rule < DateRule::Update).cloned().collect();
    let spelled = Order::of_source(known.iter().map(|candidate| candidate.order));
    let settle = |candidate: Candidate| {
        let support = |value: &DateValue| known.iter().any(|witness| witness.value.agrees_with(value));
        // `25/11/29` can have its year first as well.
        if candidate.order == Order::Ambiguous
            && let Some(year_first) = year_first_of(&candidate.raw)
            && support(&year_first)
            && !support(&candidate.value)
            && !swapped(&candidate.value).is_some_and(|value| support(&value))
        {
            return Candidate { value: year_first, order: Order::Fixed, confidence: Confidence::High, ..candidate };
        }
        let other = swapped(&candidate.value).filter(|_| candidate.order == Order::Ambiguous);
        let Some(month_first) = other else {
            let is_confirmed = candidate.order == Order::Ambiguous && support(&candidate.value);
            return if is_confirmed { candidate.ordered(Order::DayFirst, Confidence::High) } else { candidate };
        };
        match (support(&candidate.value), support(&month_first)) {
            (true, false) => candidate.ordered(Order::DayFirst, Confidence::High),
            (false, true) => candidate.ordered(Order::MonthFirst, Confidence::High),
            _ => candidate.ordered(spelled, Confidence::Medium),
        }
    };
    candidates.into_iter().map(settle).collect()
}

/// The creation date that the path agrees with, where the publication key is later and thus an edit.
fn original<'c>(chosen: &Candidate, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
    if chosen.role() != KeyRole::Publication {
        return None;
    }
    let paths =
        || candidates.iter().filter(|c| matches!(c.rule, DateRule::Path | DateRule::Value | DateRule::PartialPath));
    let earlier = |created: &&Candidate| {
        created.role() == KeyRole::Created
            && !created.value.agrees_with(&chosen.value)
            && created.value.first_day() < chosen.value.first_day()
    };
    let confirmed = |created: &&Candidate| {
        paths().any(|path| path.value.agrees_with(&created.value))
            && !paths().any(|path| path.rule == DateRule::Path && path.value.agrees_with(&chosen.value))
    };
    candidates.iter().filter(earlier).find(confirmed)
}

/// The chosen candidate, or a finer one that agrees with it and so is no less certain.
fn refined(chosen: &Candidate, candidates: &[Candidate]) -> Candidate {
    match finer(chosen, candidates) {
        Some(finer) => Candidate { confidence: finer.confidence.max(chosen.confidence), ..finer.clone() },
        None => chosen.clone(),
    }
}

/// The most trusted candidate that says more than the chosen one and lies within it.
fn finer<'c>(chosen: &Candidate, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
    if chosen.value.precision() >= Precision::Minute {
        return None;
    }
    let within = |other: &&Candidate| {
        other.rule < DateRule::Update
            && other.order != Order::Ambiguous
            && other.value.precision() > chosen.value.precision()
            && other.value.first_day() >= chosen.value.first_day()
            && other.value.last_day() <= chosen.value.last_day()
    };
    // Of several the most trusted day wins, and within that day its time: never a time of another day.
    let best = candidates.iter().find(within)?;
    Some(finer(best, candidates).unwrap_or(best))
}

fn contradicts(other: &Candidate, chosen: &Candidate) -> bool {
    if other.is_embargo() {
        return (other.value.first_day(), other.value.local_time())
            > (chosen.value.first_day(), chosen.value.local_time());
    }
    if other.value.agrees_with(&chosen.value) {
        return false;
    }
    let bound = matches!(other.rule, DateRule::Update | DateRule::Modified);
    !bound || other.value.first_day() < chosen.value.first_day()
}

/// The value with day and month the other way round.
fn swapped(value: &DateValue) -> Option<DateValue> {
    let day = value.first_day();
    let swapped = chrono::NaiveDate::from_ymd_opt(day.year(), day.day(), day.month())?;
    match value.local_time() {
        None => DateValue::day(swapped),
        Some(local) if value.precision() == Precision::Minute => {
            DateValue::minute(swapped.and_time(local.time()), value.offset())
        }
        Some(local) => DateValue::second(swapped.and_time(local.time()), value.offset()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn candidate(rule: DateRule, place: &str, raw: &str) -> Candidate {
        Candidate::new(read(raw).unwrap(), rule, place, raw)
    }

    fn chosen(candidates: &[(DateRule, &str, &str)]) -> ArticleDate {
        choose(candidates.iter().map(|(rule, place, raw)| candidate(*rule, place, raw)).collect()).unwrap()
    }

    fn said(date: &ArticleDate) -> (String, DateRule, Confidence, usize) {
        (date.chosen.value.to_string(), date.chosen.rule, date.chosen.confidence, date.conflicts.len())
    }

    use Confidence::{High, Low, Medium};
    use DateRule::{FirstLine, Metadata, Modified, PartialPath, Path, Title, Update, Visible};

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(choose(Vec::new()), None);
    }

    #[test]
    fn the_most_trusted_wins_and_conflicts_are_told() {
        let date = chosen(&[(Path, "2016/04/03", "2016-04-03"), (Metadata, "date", "2016-04-09")]);
        assert_eq!(said(&date), ("2016-04-09".into(), Metadata, Medium, 1));
        let date = chosen(&[(Metadata, "date", "2016-04-03"), (Path, "2016/04/02", "2016-04-02")]);
        assert_eq!(said(&date), ("2016-04-03".into(), Metadata, High, 0));
    }

    #[test]
    fn a_creation_key_yields_to_a_publication_key_unless_the_path_confirms_it() {
        let created = (Metadata, "dateCreated", "2015-01-02");
        let date = (Metadata, "date", "2019-05-06");
        assert_eq!(said(&chosen(&[created, date])).0, "2019-05-06");
        let date_in_path = chosen(&[created, date, (Path, "2019-05-06", "2019-05-06")]);
        assert_eq!(said(&date_in_path).0, "2019-05-06");
        let edited = chosen(&[created, date, (Path, "2015-01-02", "2015-01-02")]);
        assert_eq!(said(&edited), ("2015-01-02".into(), Metadata, Medium, 1));
        assert_eq!(said(&chosen(&[created, (Path, "x", "2019-05-06")])).0, "2015-01-02");
    }

    #[test]
    fn another_date_settles_an_ambiguous_order() {
        let date = chosen(&[(Metadata, "date", "07-05-2012"), (Path, "2012/07/05", "2012-07-05")]);
        assert_eq!(said(&date), ("2012-07-05".into(), Metadata, High, 0));
        assert_eq!(date.chosen.order, Order::MonthFirst);
        let date = chosen(&[(Metadata, "date", "07-05-2012 10:30"), (PartialPath, "2012/05", "2012-05")]);
        assert_eq!(said(&date), ("2012-05-07T10:30".into(), Metadata, High, 0));
        let date = chosen(&[(Metadata, "date", "07-05-2012"), (Metadata, "created", "04/27/2012")]);
        assert_eq!(said(&date), ("2012-07-05".into(), Metadata, Medium, 1));
        let date = chosen(&[(Metadata, "date", "07-05-2012"), (Modified, "", "2012-07-05")]);
        assert_eq!(said(&date), ("2012-05-07".into(), Metadata, Low, 0));
    }

    #[test]
    fn the_order_of_the_source_settles_what_is_left() {
        let date = chosen(&[(Metadata, "date", "07-05-2012"), (Path, "2014/01/01", "2014-01-01")]);
        let month_first = date.clone().with_order(Order::MonthFirst);
        assert_eq!(said(&month_first), ("2012-07-05".into(), Metadata, Medium, 1));
        let day_first = date.clone().with_order(Order::DayFirst);
        assert_eq!(said(&day_first), ("2012-05-07".into(), Metadata, Medium, 1));
        assert_eq!(day_first.clone().with_order(Order::MonthFirst), day_first);
        assert_eq!(date.clone().with_order(Order::Ambiguous), date);
    }

    #[test]
    fn a_finer_date_within_a_coarser_one_says_more() {
        let date = chosen(&[(Metadata, "date", "2016-04"), (Path, "2016/04/03", "2016-04-03")]);
        assert_eq!(said(&date), ("2016-04-03".into(), Path, High, 0));
        let date = chosen(&[(Metadata, "date", "2016-04"), (Path, "2016/05/03", "2016-05-03")]);
        assert_eq!(said(&date), ("2016-04".into(), Metadata, Medium, 1));
        let date = chosen(&[
            (PartialPath, "2016", "2016"),
            (FirstLine, "", "2016-04-03"),
            (Visible, "time", "2016-04-03 10:00"),
        ]);
        assert_eq!(said(&date), ("2016-04-03T10:00".into(), Visible, High, 0));
        let date = chosen(&[(Metadata, "date", "2016-04-03"), (Modified, "", "2016-04-03T10:00:00Z")]);
        assert_eq!(said(&date), ("2016-04-03".into(), Metadata, High, 0));
    }

    #[test]
    fn a_title_says_the_day_of_a_coarse_date_and_nothing_against_another() {
        let date = chosen(&[(PartialPath, "2023", "2023"), (Title, "title", "2023-07-09")]);
        assert_eq!(said(&date), ("2023-07-09".into(), Title, Medium, 0));
        let date = chosen(&[(PartialPath, "2023", "2023"), (Title, "title", "2019-07-09")]);
        assert_eq!(said(&date), ("2023".into(), PartialPath, Medium, 1));
        let date = chosen(&[(Title, "title", "2019-07-09")]);
        assert_eq!(said(&date), ("2019-07-09".into(), Title, Low, 0));
    }

    #[test]
    fn every_candidate_is_judged() {
        let weighed = weigh(vec![
            candidate(PartialPath, "2016", "2016"),
            candidate(Metadata, "date", "2016-04-03"),
            candidate(Path, "2016/04/09", "2016-04-09"),
            candidate(Update, "updated", "2020-01-01"),
        ]);
        let said: Vec<String> = weighed.iter().map(|(candidate, verdict)| format!("{candidate}: {verdict}")).collect();
        assert_eq!(
            said,
            [
                "2016-04-03 (metadata \"date\"): chosen: the most trusted place",
                "2016-04-09 (path \"2016/04/09\"): 6 days apart, and path is trusted less than metadata",
                "2016 (partial path \"2016\"): agrees, to the day or to what it says at all",
                "2020-01-01 (update \"updated\"): an update: no more than a bound",
            ]
        );
        assert!(weigh(Vec::new()).is_empty());
    }

    #[test]
    fn an_embargo_that_lies_ahead_delays() {
        let due = |candidates: &[(DateRule, &str, &str)], now: &str| {
            let now = format!("{now}T12:00:00Z").parse().unwrap();
            chosen(candidates).due(now, now, &Utc)
        };
        let embargoed = [(Metadata, "date", "2016-04-03"), (Update, "embargo", "2020-01-01")];
        assert_eq!(said(&chosen(&embargoed)), ("2016-04-03".into(), Metadata, High, 1));
        assert_eq!(said(&due(&embargoed, "2016-05-01")), ("2020-01-01".into(), Update, Medium, 1));
        assert_eq!(said(&due(&embargoed, "2020-01-02")), ("2016-04-03".into(), Metadata, High, 0));
        let twice = [(Metadata, "date", "2016-04-03"), (Metadata, "publishDate", "2020-01-01")];
        assert_eq!(said(&due(&twice, "2016-05-01")), ("2020-01-01".into(), Metadata, Medium, 1));
        assert_eq!(said(&due(&twice, "2021-05-01")), ("2016-04-03".into(), Metadata, Medium, 1));
        let today = [(Metadata, "date", "2016-04-03 10:00"), (Update, "embargo", "2016-04-03T18:00:00Z")];
        assert_eq!(said(&due(&today, "2016-04-03")).0, "2016-04-03T18:00:00Z");
        assert_eq!(said(&due(&today, "2016-04-04")), ("2016-04-03T10:00".into(), Metadata, High, 0));
        // An update and the path say nothing of when it may be shown.
        let updated = [(Metadata, "date", "2016-04-03"), (Path, "2020/01/01", "2020-01-01")];
        assert_eq!(said(&due(&updated, "2016-05-01")), ("2016-04-03".into(), Metadata, Medium, 1));
        assert_eq!(said(&due(&[(Metadata, "date", "2261-03-04")], "2018-05-01")).2, Medium);
        assert_eq!(
            said(&due(&[(Update, "available", "2016-04-03")], "2018-05-01")),
            ("2016-04-03".into(), Update, Low, 0)
        );
    }

    #[test]
    fn a_year_of_two_digits_may_stand_first() {
        let date = chosen(&[(Metadata, "date", "25/11/29"), (Path, "2025/11/29", "2025-11-29")]);
        assert_eq!(said(&date), ("2025-11-29".into(), Metadata, High, 0));
        let date = chosen(&[(Metadata, "date", "25/11/29"), (Path, "2029/11/25", "2029-11-25")]);
        assert_eq!(said(&date), ("2029-11-25".into(), Metadata, High, 0));
        assert_eq!(said(&chosen(&[(Metadata, "date", "25/11/29")])).2, Low);
    }

    #[test]
    fn later_updates_contradict_nothing() {
        let date = chosen(&[
            (Metadata, "date", "2016-04-03"),
            (Update, "updated", "2020-01-01"),
            (Modified, "", "2021-01-01"),
        ]);
        assert_eq!(date.conflicts, []);
        let date = chosen(&[(Metadata, "date", "2016-04-03"), (Update, "updated", "2010-01-01")]);
        assert_eq!(said(&date), ("2016-04-03".into(), Metadata, High, 1));
    }
}
