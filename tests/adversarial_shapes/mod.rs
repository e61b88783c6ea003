//! Texts made to be slow to read: each is one unit over and over.

/// Name of a shape and the unit that it repeats.
pub const SHAPES: [(&str, &str); 18] = [
    ("from-to", "من سراقب إلى أريحا "),
    ("from-to without names", "من … إلى "),
    ("patrols without a stop", "دورية مشتركة من سراقب إلى أريحا مروراً بالنيرب "),
    ("patrols with numbers", "الدورية الرابعة والعشرون في 5 آب 2020 من سراقب إلى أريحا. "),
    ("continuations", "انطلقت الدورية من سراقب. ووصلت إلى أريحا. "),
    ("names", "سراقب أريحا النيرب "),
    ("list of villages", "قرى سراقب، أريحا، النيرب، "),
    ("endless list", "سراقب، "),
    ("unknown list", "قرية كذاوكذا، بلدة هناوهناك و"),
    ("digits", "1234567890 "),
    ("digits in one run", "1234567890"),
    ("marks", "()[]«»—،.؟"),
    ("nested brackets", "("),
    ("proclitics", "و"),
    ("proclitic words", "وب ول وك فب "),
    ("tatweel and dots", "ـ.ـ"),
    ("capitals", "Ain Tal Kafr Umm "),
    ("Turkish endings", "Serakibden Erihaya "),
];

/// A text of about `bytes` bytes in one line.
pub fn text(unit: &str, bytes: usize) -> String {
    let mut text = unit.repeat(bytes / unit.len() + 1);
    let mut end = bytes;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}
