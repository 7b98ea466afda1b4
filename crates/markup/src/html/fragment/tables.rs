//! Tables: parts stand in the parts that may hold them, and everything else stands in a cell.

use super::super::allow::{self, Element, Kind};
use super::super::tokens::Tag;
use super::{Fragment, Open};

impl Fragment {
    pub(super) fn start_table_part(&mut self, element: &'static Element, tag: &Tag) {
        if self.find_in_table(&["table"]).is_none() {
            // A cell without a table.
            return self.separate();
        }
        match element.name {
            "col" => self.open_within(&["colgroup", "table"], &["colgroup"]),
            "tr" => self.open_within(&["tbody", "thead", "tfoot", "table"], &["tbody"]),
            "td" | "th" => {
                if self.find_in_table(&["tr"]).is_none() {
                    self.open_within(&["tbody", "thead", "tfoot", "table"], &["tbody"]);
                }
                self.open_within(&["tr", "tbody", "thead", "tfoot"], &["tr"]);
            }
            _ => self.open_within(&["table"], &[]),
        }
        self.write_start(element, Some(tag), None);
        if element.kind != Kind::TableVoid {
            self.open.push(Open { element, has_ended: false });
        }
    }

    /// Ends what is open inside the nearest of these parts; where that is the last of them, the outermost, opens
    /// `missing` in it.
    fn open_within(&mut self, parts: &[&str], missing: &[&str]) {
        let Some(at) = self.find_in_table(parts) else { return };
        self.close_to(at + 1);
        let is_innermost = |name: &str| match missing {
            ["tr"] => name == "tr",
            _ => Some(&name) != parts.last(),
        };
        if self.open.last().is_some_and(|open| is_innermost(open.element.name)) {
            return;
        }
        for element in missing.iter().filter_map(|name| allow::element(name)) {
            self.write_start(element, None, None);
            self.open.push(Open { element, has_ended: false });
        }
    }

    /// The nearest of these parts in the innermost table.
    pub(super) fn find_in_table(&self, names: &[&str]) -> Option<usize> {
        for at in (0..self.open.len()).rev() {
            let name = self.open[at].element.name;
            if names.contains(&name) {
                return Some(at);
            }
            if name == "table" {
                return None;
            }
        }
        None
    }

    /// Opens a cell where content stands directly in a table or a row.
    pub(super) fn enter_cell(&mut self) {
        let Some(open) = self.open.last() else { return };
        if open.element.kind != Kind::TablePart && open.element.name != "table" {
            return;
        }
        self.open_within(&["tbody", "thead", "tfoot", "table"], &["tbody"]);
        self.open_within(&["tr", "tbody", "thead", "tfoot"], &["tr"]);
        if let Some(element) = allow::element("td") {
            self.write_start(element, None, None);
            self.open.push(Open { element, has_ended: false });
        }
    }
}
