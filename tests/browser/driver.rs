//! WebDriver, as much of it as is needed: JSON over HTTP to a `chromedriver` on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// The longest that a command may take. No test waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(60);

/// The keys that are pressed, as WebDriver writes them.
pub const TAB: &str = "\u{e004}";
pub const ENTER: &str = "\u{e007}";

/// A browser with one window. Closed at the end.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    axe: String,
}

/// A size of the window, and what the reader prefers.
#[derive(Clone, Copy)]
pub struct View {
    pub name: &'static str,
    pub width: u32,
    pub height: u32,
    pub is_dark: bool,
}

pub const VIEWS: [View; 3] = [
    View { name: "light", width: 1280, height: 1000, is_dark: false },
    View { name: "dark", width: 1280, height: 1000, is_dark: true },
    View { name: "phone", width: 390, height: 844, is_dark: false },
];

impl Browser {
    /// A browser; `None` where this machine has none and need not have one.
    pub fn start() -> Option<Browser> {
        match Browser::try_start() {
            Ok(browser) => Some(browser),
            Err(missing) if std::env::var_os("FEEDMILL_REQUIRE_READERS").is_some_and(|value| value == "1") => {
                panic!("the browser tests must run here, and cannot: {missing}")
            }
            Err(missing) => {
                println!("left out: {missing}");
                None
            }
        }
    }

    fn try_start() -> Result<Browser, String> {
        let axe = std::env::var_os("FEEDMILL_AXE").ok_or("FEEDMILL_AXE does not name axe.min.js of axe-core")?;
        let axe = std::fs::read_to_string(&axe).map_err(|err| format!("{}: {err}", axe.display()))?;
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|err| format!("chromedriver cannot be started: {err}"))?;
        let mut said = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = said.by_ref().map_while(Result::ok).find_map(|line| {
            line.rsplit_once("successfully on port ").and_then(|(_, port)| port.trim_end_matches('.').parse().ok())
        });
        let Some(port) = port else {
            let _ = driver.kill();
            return Err("chromedriver does not say where it listens".to_owned());
        };
        // It must not come to wait for somebody who reads what it says.
        std::thread::spawn(move || said.for_each(drop));
        let mut browser = Browser { driver, port, session: String::new(), axe };
        let arguments = [
            "--headless=new",
            // Chromium wants no sandbox of its own where it is started by root, as in a container.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            // Pictures of the samples stand on hosts that there are not, which is not looked up.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
        }}});
        let session = browser.ask("POST", "/session", &wanted);
        browser.session = session["sessionId"].as_str().ok_or(format!("no session: {session}"))?.to_owned();
        Ok(browser)
    }

    pub fn look(&self, view: View) {
        let size =
            json!({ "width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": view.width < 600 });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
        let value = if view.is_dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", media);
    }

    pub fn go(&self, url: &str) {
        self.tell("/url", json!({ "url": url }));
    }

    pub fn url(&self) -> String {
        self.ask("GET", &self.path("/url"), &Value::Null).as_str().unwrap().to_owned()
    }

    /// What a function with this body returns in the page; a promise is waited for.
    pub fn script(&self, body: &str) -> Value {
        self.tell("/execute/sync", json!({ "script": body, "args": [] }))
    }

    /// The text of the first element that fits.
    pub fn text(&self, selector: &str) -> String {
        let element = self.find(selector);
        self.ask("GET", &self.path(&format!("/element/{element}/text")), &Value::Null).as_str().unwrap().to_owned()
    }

    pub fn click(&self, selector: &str) {
        let element = self.find(selector);
        self.tell(&format!("/element/{element}/click"), json!({}));
    }

    /// Follows the first link with that text.
    pub fn follow(&self, text: &str) {
        let found = self.tell("/element", json!({ "using": "link text", "value": text }));
        let element = reference(&found);
        self.tell(&format!("/element/{element}/click"), json!({}));
    }

    pub fn type_into(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        self.tell(&format!("/element/{element}/value"), json!({ "text": text }));
    }

    /// Presses a key wherever the focus is.
    pub fn press(&self, key: &str) {
        let keys = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        self.tell("/actions", json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": keys }] }));
    }

    /// What the console says, since it was last asked: warnings and errors.
    pub fn complaints(&self) -> Vec<String> {
        let said = self.tell("/se/log", json!({ "type": "browser" }));
        let said = said.as_array().unwrap().iter();
        said.filter(|entry| entry["level"] == "WARNING" || entry["level"] == "SEVERE")
            .map(|entry| entry["message"].as_str().unwrap().to_owned())
            .filter(|message| !message.contains("net::ERR_NAME_NOT_RESOLVED"))
            .collect()
    }

    /// What axe-core finds wrong with the page, each with the elements.
    pub fn violations(&self) -> Vec<String> {
        let script = format!(
            "{}\nreturn axe.run(document, {{ resultTypes: ['violations'] }}).then(found => found.violations);",
            self.axe
        );
        let found = self.script(&script);
        let found = found.as_array().unwrap_or_else(|| panic!("axe did not run: {found}"));
        found
            .iter()
            .map(|violation| {
                let nodes: Vec<&str> =
                    violation["nodes"].as_array().unwrap().iter().filter_map(|node| node["html"].as_str()).collect();
                format!("{}: {} {nodes:?}", violation["id"], violation["help"])
            })
            .collect()
    }

    /// Which parts of the page moved while it was loaded, and how far (the Layout Instability API). A hundredth is what the
    /// bar at the side moves when it comes up, on a machine that is too busy to draw the page at once; good is a tenth.
    pub fn shifts(&self) -> Vec<String> {
        let script = "return new Promise(done => { const found = []; \
            new PerformanceObserver(list => list.getEntries().filter(entry => entry.value > 0.01).forEach(entry => found.push(entry.value + ': ' + \
                entry.sources.map(source => source.node && source.node.outerHTML.slice(0, 80)).join()))) \
            .observe({ type: 'layout-shift', buffered: true }); \
            requestAnimationFrame(() => requestAnimationFrame(() => done(found))); });";
        let found = self.script(script);
        found.as_array().unwrap().iter().map(|shift| shift.as_str().unwrap().to_owned()).collect()
    }

    /// Leaves a picture of the whole page, where pictures are wanted.
    pub fn picture(&self, name: &str) {
        let Some(dir) = std::env::var_os("FEEDMILL_SCREENSHOTS") else { return };
        let answer = self.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": true }));
        std::fs::create_dir_all(&dir).unwrap();
        let path = std::path::Path::new(&dir).join(format!("{name}.png"));
        std::fs::write(path, from_base64(answer["data"].as_str().unwrap())).unwrap();
    }

    fn find(&self, selector: &str) -> String {
        reference(&self.tell("/element", json!({ "using": "css selector", "value": selector })))
    }

    fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.tell("/goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
    }

    fn tell(&self, command: &str, parameters: Value) -> Value {
        self.ask("POST", &self.path(command), &parameters)
    }

    fn path(&self, command: &str) -> String {
        format!("/session/{}{command}", self.session)
    }

    fn ask(&self, method: &str, path: &str, parameters: &Value) -> Value {
        let body = if parameters.is_null() { String::new() } else { parameters.to_string() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/json; charset=utf-8\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        )
        .unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let value = &answer["value"];
        assert!(value["error"].is_null(), "{method} {path}: {} {}", value["error"], value["message"]);
        value.clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            self.ask("DELETE", &self.path(""), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The reference of an element (WebDriver section 12.1 names the key).
fn reference(found: &Value) -> String {
    found["element-6066-11e4-a52e-4f735466cecf"].as_str().unwrap_or_else(|| panic!("no element: {found}")).to_owned()
}

/// RFC 4648 section 4.
fn from_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|byte| ALPHABET.iter().position(|known| *known == byte));
    let (mut bytes, mut bits, mut have) = (Vec::new(), 0u32, 0);
    for digit in digits {
        (bits, have) = (bits << 6 | digit as u32, have + 6);
        if have >= 8 {
            have -= 8;
            bytes.push((bits >> have) as u8);
        }
    }
    bytes
}
