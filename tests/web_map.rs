//! The web map as a file: it needs nothing else, and nothing out of an article can be code in it.

use std::path::Path;

use assert_cmd::Command;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const ARTICLE: &str = "tests/corpus/authored/m4-reversed-patrol.txt";
/// The page of one article, in bytes.
const LARGEST: usize = 1_000_000;

fn masar(arguments: &[&str], input: &str) -> String {
    let mut masar = Command::cargo_bin("masar").expect("the binary is built");
    masar.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).write_stdin(input);
    let output = masar.arg("map").args(arguments).args(["-q", "-f", "html", "-o", "-"]).assert().success();
    String::from_utf8(output.get_output().stdout.clone()).expect("a page is UTF-8")
}

/// What stands inside the element that `opening` opens.
fn inside<'p>(page: &'p str, opening: &str, closing: &str) -> &'p str {
    let (_, rest) = page.split_once(opening).unwrap_or_else(|| panic!("no {opening}"));
    rest.split_once(closing).unwrap_or_else(|| panic!("no {closing} after {opening}")).0
}

fn data(page: &str) -> Value {
    serde_json::from_str(inside(page, "<script type=\"application/json\" id=\"data\">", "</script>")).expect("JSON")
}

fn count(page: &str, word: &str) -> usize {
    page.to_ascii_lowercase().matches(word).count()
}

/// An article whose every part tries to be code.
fn hostile() -> String {
    let text = "</script><script>alert(1)</script><!--<script> سيّرت القوات الروسية والتركية دورية من سراقب إلى أريحا \
                قرب قرية <img/src=x/onerror=alert(2)> في 17 آب 2020. {{script}} {{data}} \u{202e}gpj.exe\u{2028}";
    let records = [
        json!({"id": "</title></script><svg onload=alert(3)>", "url": "javascript:alert(4)",
               "source": "\"><img src=x onerror=alert(5)>", "text": text}),
        json!({"id": "]]>--!></textarea><iframe src=//x>", "url": "data:text/html,<script>alert(6)</script>", "text": text}),
        json!({"id": "web", "url": "https://example.org/?a=1&b=\"><script>alert(7)</script>", "text": text}),
    ];
    records.iter().map(|record| format!("{record}\n")).collect()
}

#[test]
fn the_page_of_one_article_is_small_and_asks_for_nothing() {
    let page = masar(&[ARTICLE], "");
    assert!(page.len() <= LARGEST, "{} bytes", page.len());
    let elements =
        page.split("<script type=\"application/json\" id=\"data\">").next().expect("the part before the data");
    for loaded in ["<link", "<img", "<iframe", " src=", "@import", "url(http", "url(//"] {
        assert_eq!(count(elements, loaded), 0, "{loaded}");
    }
    assert_eq!(count(&page, "<script"), 3);
    assert_eq!(count(&page, "</script"), 3);
    assert!(!page.contains("sourceMappingURL"));
    assert_eq!(masar(&[ARTICLE], ""), page, "the same input, the same bytes");
}

#[test]
fn the_policy_forbids_everything_but_the_one_script() {
    let page = masar(&[ARTICLE], "");
    let policy = inside(&page, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\">");
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    let script = inside(&page, "<script>", "</script>");
    let style = inside(&page, "<style>", "</style>");
    assert!(!script.contains('\r') && !style.contains('\r'), "a browser hashes line feeds alone");
    let expected = format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style)
    );
    assert_eq!(policy, expected);
}

#[test]
fn nothing_from_an_article_ends_its_element() {
    let page = masar(&["--from", "jsonl", "-"], &hostile());
    assert_eq!(count(&page, "<script"), 3);
    assert_eq!(count(&page, "</script"), 3);
    let given = inside(&page, "<script type=\"application/json\" id=\"data\">", "</script>");
    assert!(!given.contains('<'), "every < is spelled out");
    assert_eq!(inside(&page, "<title>", "</title>"), "Masar: 3 articles");
    let data = data(&page);
    assert_eq!(data["articles"].as_array().map(Vec::len), Some(3));
    let texts: Vec<&str> = data["articles"].as_array().unwrap().iter().filter_map(|a| a["text"].as_str()).collect();
    assert!(texts.iter().all(|text| text.contains("</script><script>alert(1)") && text.contains("{{data}}")));
    assert!(!data["features"].as_array().unwrap().is_empty());

    let one = hostile().lines().next().unwrap().to_owned();
    let page = masar(&["--from", "jsonl", "-"], &one);
    assert_eq!(inside(&page, "<title>", "</title>"), "Masar: &lt;/title&gt;&lt;/script&gt;&lt;svg onload=alert(3)&gt;");
    assert_eq!(count(&page, "<svg onload"), 0);
}

#[test]
fn every_mention_and_piece_of_evidence_stands_in_the_text() {
    let data = data(&masar(&[ARTICLE], ""));
    let text: Vec<char> = data["articles"][0]["text"].as_str().expect("the text").chars().collect();
    let mut rules = std::collections::BTreeSet::new();
    for feature in data["features"].as_array().expect("features") {
        let spans = feature["spans"].as_array().expect("spans");
        assert!(!spans.is_empty(), "{feature}");
        for span in spans {
            let number = |at: usize| usize::try_from(span[at].as_u64().expect("a number")).unwrap();
            assert!(number(1) > 0 && number(0) + number(1) <= text.len(), "{span}");
            rules.insert(span[2].as_str().expect("a rule").to_owned());
        }
        if feature["kind"] == "place" {
            let (at, length) = (spans[0][0].as_u64().unwrap() as usize, spans[0][1].as_u64().unwrap() as usize);
            let words: String = text[at..at + length].iter().collect();
            assert_eq!(feature["evidence"].as_str(), Some(words.as_str()));
        }
    }
    for rule in ["mention", "telling", "ordinal"] {
        assert!(rules.contains(rule), "{rules:?}");
    }
    let styles = data["styles"].as_array().expect("styles");
    assert!(styles.iter().any(|style| style["arrow"] == "open"), "the reversed patrol is told apart");
    assert_eq!(data["backdrop"]["roads"][0]["reference"], "M4");
    assert!(data["backdrop"]["towns"].as_array().is_some_and(|towns| towns.len() >= 60));
}

#[test]
fn a_text_without_a_place_is_a_page_too() {
    let page = masar(&["-"], "لا شيء هنا.");
    let data = data(&page);
    assert_eq!(data["features"], json!([]));
    assert_eq!(data["articles"][0]["notes"][0]["code"], "no-place");
    assert_eq!(data["backdrop"]["towns"], json!([]));
}
