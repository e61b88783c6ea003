//! What sentences of reports mean: one construction a case, in the wording of many outlets.
//!
//! Each case gives a short text and what must be read from it, one line an event:
//! `patrol #number xcount day [stops] flags` or `position status type relation [place] party`.

use masar::gazetteer::Gazetteer;
use masar::model::article::Article;
use masar::model::date::EventDate;
use masar::model::date::PartialDate;
use masar::model::event::{EventKind, EventMention, Modality, Patrol, Position};
use masar::model::feature::ArticleMap;
use masar::model::mention::MentionIndex;
use masar::pipeline::Pipeline;

fn read(text: &str) -> ArticleMap {
    let pipeline = Pipeline::new(Gazetteer::embedded()).unwrap_or_else(|error| panic!("{error}"));
    pipeline.read(Article { id: "case".into(), text: text.into(), ..Article::default() }).0
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let map = read(text);
    let found: Vec<String> = map
        .events
        .iter()
        .filter_map(|feature| {
            let event = &feature.event.merged;
            match &event.kind {
                EventKind::Patrol(patrol) => Some(patrol_line(&map, event, patrol)),
                EventKind::Position(position) => Some(position_line(&map, event, position)),
                EventKind::Other { .. } => None,
            }
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

fn patrol_line(map: &ArticleMap, event: &EventMention, patrol: &Patrol) -> String {
    let mut words = vec!["patrol".to_owned()];
    words.extend(patrol.ordinal.map(|ordinal| format!("#{ordinal}")));
    words.extend((patrol.count > 1).then(|| format!("x{}", patrol.count)));
    words.extend(day(&event.date));
    if !patrol.route.is_empty() {
        words.push(format!("[{}]", stops(map, &patrol.route)));
    }
    words.extend(patrol.area.map(|area| format!("in ({} {})", area.relation.as_text(), stops(map, &[area.mention]))));
    if !patrol.planned_route.is_empty() {
        words.push(format!("planned [{}]", stops(map, &patrol.planned_route)));
    }
    let flags = [
        (patrol.undirected, "undirected"),
        (patrol.reverse, "reverse"),
        (patrol.abbreviated, "abbreviated"),
        (patrol.full, "full"),
        (patrol.returned, "returned"),
    ];
    words.extend(flags.into_iter().filter(|(set, _)| *set).map(|(_, name)| name.to_owned()));
    if event.modality != Modality::Reported {
        words.push(event.modality.as_str().to_owned());
    }
    words.join(" ")
}

fn position_line(map: &ArticleMap, event: &EventMention, position: &Position) -> String {
    let mut places = vec![position.place.mention];
    places.extend(position.place.other);
    let actors: Vec<&str> = event.actors.iter().map(String::as_str).collect();
    format!(
        "position {} {} {} [{}] {}",
        position.status.as_str(),
        position.position_type.as_str(),
        position.place.relation.as_text(),
        stops(map, &places),
        actors.join("+")
    )
}

/// The events that are neither patrols nor positions:
/// `type day [stops or place] modality`.
#[track_caller]
fn check_events(text: &str, expected: &[&str]) {
    let map = read(text);
    let found: Vec<String> = map
        .events
        .iter()
        .filter_map(|feature| {
            let event = &feature.event.merged;
            let EventKind::Other { event_type, place, movement } = &event.kind else { return None };
            let mut words = vec![event_type.clone()];
            words.extend(day(&event.date));
            match place {
                _ if !movement.route.is_empty() => words.push(format!("[{}]", stops(&map, &movement.route))),
                Some(place) => words.push(format!("{} [{}]", place.relation.as_text(), stops(&map, &[place.mention]))),
                None => {}
            }
            words.extend(movement.returned.then(|| "returned".to_owned()));
            if event.modality != Modality::Reported {
                words.push(event.modality.as_str().to_owned());
            }
            Some(words.join(" "))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

fn stops(map: &ArticleMap, mentions: &[MentionIndex]) -> String {
    let surfaces: Vec<&str> =
        mentions.iter().map(|mention| map.mentions[mention.0].span.slice(&map.article.text)).collect();
    surfaces.join(" > ")
}

fn day(date: &EventDate) -> Option<String> {
    let partial = date.partial.and_then(PartialDate::iso_partial);
    let end = date.date_end.map(|day| format!("before {day}"));
    date.date
        .map(|day| day.to_string())
        .or(end)
        .or(partial)
        .or_else(|| date.weekday.map(|weekday| format!("{weekday:?}")))
}

#[test]
fn routes_have_a_start_a_way_and_an_end() {
    check(
        "سيّرت القوات الروسية والتركية، اليوم الثلاثاء، الدورية المشتركة الثلاثين، مبدؤها قرية الترنبة ومنتهاها بلدة محمبل.",
        &["patrol #30 Tuesday [الترنبة > محمبل]"],
    );
    check(
        "سيّرت الشرطة العسكرية الروسية دورية منفردة انطلقت من مطار القامشلي وصولاً إلى المالكية مروراً بالقحطانية والجوادية.",
        &["patrol [مطار القامشلي > القحطانية > الجوادية > المالكية]"],
    );
    check(
        "بدأت الدورية الروسية التركية من الترنبة باتجاه الغرب، وتجاوزت أريحا للمرة الأولى لتصل إلى مشارف أورم الجوز.",
        &["patrol [الترنبة > أريحا > أورم الجوز]"],
    );
    check("عبرت دورية أمريكية من معبر سيمالكا باتجاه المالكية.", &["patrol [سيمالكا > المالكية]"]);
}

#[test]
fn lists_of_villages_are_the_way() {
    check(
        "جابت دورية مشتركة روسية تركية قرى بوبان وسوسان وقولا في ريف كوباني الغربي، يوم الخميس 20 كانون الثاني 2022.",
        &["patrol 2022-01-20 [بوبان > سوسان > قولا]"],
    );
    check(
        "مرت الدورية الروسية التركية التي ضمت ثماني عربات من قرى (كربناف - كوسك - عليشار - تل حاجب) ثم عادت إلى معبر مرشد بينار.",
        &["patrol [كربناف > كوسك > عليشار > تل حاجب > مرشد بينار] returned"],
    );
    check(
        "خرجت الدورية الروسية التركية من قرية شيرك غربي الدرباسية، ومرت بقرى: دليك، قرمانية، تل كرم، ثم عادت إلى نقطة انطلاقها.",
        &["patrol [شيرك > دليك > قرمانية > تل كرم] returned"],
    );
}

#[test]
fn what_only_locates_a_stop_is_none() {
    check("وصلت دورية روسية تركية إلى كفرشلايا إلى الغرب من أورم الجوز بمحافظة إدلب.", &["patrol [كفرشلايا]"]);
    check("دورية روسية تركية مشتركة (الـ47) تتجول في 14 قرية غرب كوباني.", &["patrol #47 in (west of كوباني)"]);
}

#[test]
fn the_area_of_another_patrol_is_not_this_ones() {
    check("دورية مشتركة روسية تركية في الدرباسية وأخرى روسية منفردة شرقي القامشلي.", &["patrol [الدرباسية]"]);
    check(
        "سيّر الجيش التركي والشرطة العسكرية الروسية الدورية رقم 107 في ريف الدرباسية الغربي.",
        &["patrol #107 in (countryside الدرباسية)"],
    );
}

#[test]
fn between_two_places_has_no_direction() {
    check(
        "أعلنت الوزارة تنفيذ الدورية البرية المشتركة التاسعة بين سراقب والنيرب في 7 أيار/مايو 2020.",
        &["patrol #9 2020-05-07 [سراقب > النيرب] undirected"],
    );
    check(
        "سيرت القوات الروسية والتركية دورية على محور الدرباسية - عامودا.",
        &["patrol [الدرباسية > عامودا] undirected"],
    );
}

#[test]
fn a_planned_end_that_was_not_reached_is_kept_apart() {
    check(
        "انطلقت الدورية المشتركة الـ33 من قرية ترنبة باتجاه مدينة أريحا ولم تتجاوز قرية بسنقول بسبب قطع الطريق.",
        &["patrol #33 [ترنبة > بسنقول] planned [ترنبة > أريحا] abbreviated"],
    );
}

#[test]
fn the_way_back_is_told_and_not_listed_again() {
    check(
        "انطلقت الدورية الروسية التركية رقم 14 من ترنبة ووصلت إلى أورم الجوز ثم عادت أدراجها.",
        &["patrol #14 [ترنبة > أورم الجوز] returned"],
    );
    check(
        "الدورية التركية الروسية الثالثة عشرة تنطلق من سراقب إلى أريحا وتعود من الطريق ذاته.",
        &["patrol #13 [سراقب > أريحا] returned"],
    );
}

#[test]
fn a_party_that_goes_home_alone_leaves_the_route() {
    check(
        "انطلقت دورية روسية تركية من ترنبة إلى عين الحور، فيما مضت الآليات الروسية إلى اللاذقية ورجعت التركية إلى سرمين.",
        &["patrol [ترنبة > عين الحور]"],
    );
}

#[test]
fn secondary_counts_are_not_the_number() {
    check(
        "وفي 12 آب سيرت القوات الروسية والتركية دورية من سراقب إلى أريحا، وهي الدورية الثانية والعشرون منذ الاتفاق، والخامسة عشرة غير المختصرة، والثانية بين سراقب وأريحا.",
        &["patrol #22 --08-12 [سراقب > أريحا] full"],
    );
    check("وهي ثالث دورية روسية تركية تكمل الطريق هذا الشهر.", &["patrol full"]);
    check("حملت الدورية المشتركة اليوم رقم (24)، وهي الثانية هذا الشهر.", &["patrol #24"]);
}

#[test]
fn several_runs_told_together_have_a_count() {
    check(
        "وسيرت القوات التركية والروسية سبع دوريات مختصرة بين النيرب وسراقب.",
        &["patrol x7 [النيرب > سراقب] undirected abbreviated"],
    );
    check("نفذ الجانبان منذ الربيع خمساً وعشرين دورية.", &["patrol x25"]);
}

#[test]
fn plans_cancellations_suspensions_and_denials_are_no_reports() {
    check(
        "من المقرر أن تسير القوات الروسية والتركية دورية مشتركة يوم الأحد المقبل من سراقب إلى أريحا.",
        &["patrol Sunday [سراقب > أريحا] planned"],
    );
    check(
        "ألغت القوات الروسية والتركية الدورية المشتركة بين ترنبة وأريحا.",
        &["patrol [ترنبة > أريحا] undirected cancelled"],
    );
    check("أعلنت وزارة الدفاع الروسية تعليق الدوريات المشتركة على طريق M4.", &["patrol suspended"]);
    check("أعلنت الوزارة الروسية تعليق الدوريات المشتركة قبل أن يتفق الطرفان على العودة إليها.", &["patrol suspended"]);
    check("نفت مصادر محلية تسيير أي دورية روسية تركية يوم الجمعة.", &["patrol Friday denied"]);
}

#[test]
fn what_looks_like_a_patrol_and_is_none() {
    check("دخل رتل عسكري تركي من معبر كفرلوسين واتجه نحو مدينة إدلب وصولاً إلى المسطومة.", &[]);
    check("أجرى عسكريون روس وأتراك التدريب المشترك الرابع في سراقب.", &[]);
    check("تنفذ فرق صحية حملات دورية لتعقيم المدارس بين بنش وأريحا.", &[]);
    check("خرجت دورية للشرطة من سراقب إلى أريحا.", &[]);
    check("استهدف مجهولون بقذيفة دورية مشتركة قرب سراقب.", &[]);
    check("يغلق معتصمون الطريق لمنع دوريات روسيا وتركيا.", &[]);
}

#[test]
fn convoys_have_a_route_like_patrols() {
    check_events(
        "دخل رتل عسكري تركي من معبر كفرلوسين، وسلك طريق سرمدا ثم الدانا وصولاً إلى المسطومة.",
        &["convoy [كفرلوسين > سرمدا > الدانا > المسطومة]"],
    );
    check_events(
        "عبر رتل تركي من باب الهوى باتجاه الجنوب، مروراً بسرمدا، تفتناز، وصولاً إلى النيرب، ثم عاد أدراجه ليلاً.",
        &["convoy [باب الهوى > سرمدا > تفتناز > النيرب] returned"],
    );
    check_events(
        "A Turkish military convoy entered through the Kafr Lusin crossing on Monday. The convoy drove to Sarmada and reached al-Mastumah.",
        &["convoy Monday [Kafr Lusin > Sarmada > al-Mastumah]"],
    );
    check_events(
        "Dün sabah 20 araçlık konvoy Kefer Lusin'den hareket etti ve Sermin üzerinden Taftanaz'a ulaştı.",
        &["convoy [Kefer Lusin > Sermin > Taftanaz]"],
    );
}

#[test]
fn a_convoy_is_told_over_several_sentences_and_its_headline() {
    check_events(
        "رتل ضخم يعبر كفرلوسين\n\nعبر الحدود من #كفرلوسين شمالي #إدلب رتل تركي قوامه نحو 100 آلية.\nوسلك الرتل طريق سرمدا إلى بنش، ومنها إلى أريحا فأورم الجوز.",
        &["convoy [كفرلوسين > سرمدا > بنش > أريحا > أورم الجوز]"],
    );
    check_events(
        "دخل رتل تركي من كفرلوسين. وأخذ الرتل أوتوستراد \"إدلب - باب الهوى\" إلى مدينة إدلب، ومنها إلى أريحا.",
        &["convoy [كفرلوسين > إدلب > أريحا]"],
    );
    check_events(
        "عبر رتل تركي من كفرلوسين إلى سرمين. ودخل رتل آخر من باب الهوى إلى بنش.",
        &["convoy [كفرلوسين > سرمين]", "convoy [باب الهوى > بنش]"],
    );
}

#[test]
fn the_convoy_of_a_patrol_or_an_exercise_is_no_event() {
    check_events("خرجت دورية روسية تركية من ترنبة. وتوقف الرتل قرب أريحا.", &[]);
    check_events("تدرّب عسكريون روس وأتراك في سراقب على السير في قافلة.", &["exercise at [سراقب]"]);
}

#[test]
fn troops_that_withdraw_go_from_one_place_to_another() {
    check_events(
        "Russian forces withdrew from Tal Tamr to Qamishli on Tuesday.",
        &["withdrawal Tuesday [Tal Tamr > Qamishli]"],
    );
}

#[test]
fn what_is_denied_planned_or_called_off_is_no_fact() {
    check_events("نفت الوزارة تعرض نقطة لها في سراقب للقصف.", &["shelling at [سراقب] denied"]);
    check_events("من المتوقع دخول رتل تركي من كفرلوسين إلى سرمين.", &["convoy [كفرلوسين > سرمين] planned"]);
}

/// The times in UTC of the first event and the words for them.
#[track_caller]
fn check_time(text: &str, expected: &str) {
    let map = read(text);
    let feature = map.events.first().expect("an event is told");
    let words = feature.event.merged.date.time_span.map_or("-", |span| span.slice(text));
    let time = feature.time.as_ref().map_or("-".to_owned(), |time| format!("{} to {}", time.start, time.end));
    assert_eq!(format!("{time}: {words}"), expected, "{text}");
}

/// Who says so and who counts, one line an event: `#number by COUNTER: SOURCE; SOURCE`, and what
/// its tellings contradict each other in.
#[track_caller]
fn check_sources(text: &str, expected: &[&str]) {
    let map = read(text);
    let line = |event: &EventMention| {
        let (number, counter) = match &event.kind {
            EventKind::Patrol(patrol) => (patrol.ordinal, patrol.counter.clone()),
            _ => (None, None),
        };
        let number = number.map(|number| format!("#{number}")).unwrap_or_default();
        let counter = counter.map(|counter| format!(" by {counter}")).unwrap_or_default();
        let names: Vec<&str> = event.attributions.iter().map(|source| source.name.as_str()).collect();
        let contradictions: Vec<String> =
            event.contradictions.iter().map(|c| format!(" ({} {} / {})", c.field, c.kept, c.other)).collect();
        format!("{number}{counter}: {}{}", names.join("; "), contradictions.concat())
    };
    let found: Vec<String> = map.events.iter().map(|feature| line(&feature.event.merged)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn who_says_so_is_told_with_the_event() {
    check_sources(
        "قالت الدفاع التركية إنها نفذت مع القوات الروسية الدورية المشتركة الـ12 من ترنبة إلى أريحا.",
        &["#12: Turkish Ministry of Defence"],
    );
    check_sources("A joint Russian-Turkish patrol left Saraqib for Ariha, according to Hawar News.", &[": Hawar News"]);
    check_sources(
        "TSK'dan yapılan açıklamada Kamışlı'dan hareket eden ortak Türk-Rus devriyesinin Derbesiye'ye ulaştığı belirtildi.",
        &[": Turkish Armed Forces"],
    );
    check_sources(
        "قال مراسل محلي إن القوات التركية أنشأت نقطة في النيرب. وأضاف أن القوات الحكومية قصفت سرمين.",
        &[": local correspondent", ": local correspondent"],
    );
}

#[test]
fn who_counts_is_told_with_the_number() {
    check_sources(
        "سيرت القوات الروسية والتركية الدورية رقم 24 بحسب وزارة الدفاع الروسية، و22 وفق الدفاع التركية، من ترنبة إلى أريحا.",
        &[
            "#24 by Russian Ministry of Defence: Russian Ministry of Defence; Turkish Ministry of Defence (ordinal 24 as \
           the Russian Ministry of Defence counts / 22 as the Turkish Ministry of Defence counts)",
        ],
    );
    check_sources(
        "Russian and Turkish troops ran their 26th joint patrol from Saraqib to Ariha. The Turkish Defence Ministry counts it as the 24th.",
        &["#26:  (ordinal 26 / 24 as the Turkish Ministry of Defence counts)"],
    );
}

#[test]
fn a_headline_that_errs_in_the_number_is_the_same_run() {
    check_sources(
        "الدورية الروسية التركية 17 تصل سراقب\n\nسيرت القوات الروسية والتركية الدورية المشتركة السادسة عشرة من ترنبة إلى سراقب يوم الخميس.",
        &["#16:  (ordinal 16 / 17)"],
    );
    check_sources(
        "الدورية الروسية التركية 17 تصل سراقب\n\nسيرت القوات الروسية والتركية دورية من ترنبة إلى سراقب يوم الخميس. وسبقتها الدورية السادسة عشرة يوم الاثنين.",
        &["#17: ", "#16: "],
    );
}

#[test]
fn the_words_of_a_picture_report_nothing() {
    check(
        "صورة أرشيفية لدورية روسية تركية في الدرباسية، 5 كانون الثاني 2020\nخرجت دورية روسية تركية من ترنبة إلى أريحا يوم الخميس.",
        &["patrol Thursday [ترنبة > أريحا]"],
    );
}

#[test]
fn the_day_of_a_deal_is_not_that_of_the_patrol() {
    check(
        "بموجب الاتفاق الذي تم التوصل إليه في موسكو في 5 آذار 2020 خرجت دورية روسية تركية من ترنبة إلى أريحا.",
        &["patrol [ترنبة > أريحا]"],
    );
}

#[test]
fn clock_times_are_turned_to_utc_by_country_and_day() {
    check_time(
        "خرجت دورية روسية تركية من سراقب إلى أريحا يوم 17 آب 2020 عند الساعة 10:30 صباحاً.",
        "2020-08-17T07:30:00Z to 2020-08-17T20:59:59Z: الساعة 10:30 صباحاً",
    );
    check_time(
        "خرجت دورية روسية تركية من سراقب إلى أريحا يوم 17 كانون الثاني 2021 بين الثامنة والعاشرة صباحاً.",
        "2021-01-17T06:00:00Z to 2021-01-17T08:00:00Z: الثامنة والعاشرة صباحاً",
    );
    check_time(
        "On 17 August 2020 a joint Russian-Turkish patrol left Saraqib at 08.40 local time and reached Ariha at 11 a.m.",
        "2020-08-17T05:40:00Z to 2020-08-17T08:00:00Z: 08.40 local time",
    );
    check_time(
        "A mine exploded near Saraqib on 17 August 2020 at 14:00 Moscow time.",
        "2020-08-17T11:00:00Z to 2020-08-17T20:59:59Z: 14:00 Moscow time",
    );
    check_time(
        "20 Aralık 2019'da saat 11.20'de Kamışlı'dan hareket eden ortak Türk-Rus devriyesi Derbesiye'ye ulaştı.",
        "2019-12-20T09:20:00Z to 2019-12-20T21:59:59Z: saat 11.20",
    );
}

#[test]
fn a_part_of_the_day_is_kept_as_words_and_is_no_clock_time() {
    check_time("خرجت دورية روسية تركية من سراقب صباح اليوم الاثنين 17 آب 2020.", "-: صباح اليوم");
    check_time("خرجت الدورية الروسية التركية التاسعة صباح اليوم الاثنين 17 آب 2020 من سراقب.", "-: صباح اليوم");
    check("خرجت الدورية الروسية التركية في التاسعة صباحاً من سراقب إلى أريحا.", &["patrol [سراقب > أريحا]"]);
}

#[test]
fn a_headline_and_its_body_are_one_run() {
    check(
        "\"الدورية 21\" تصل عين حور\n\nسلكت الآليات الروسية والتركية الطريق من الترنبة حتى عين حور شرقي ريف اللاذقية.\nوضمّت الدورية رقم 21 ثماني مدرعات.",
        &["patrol #21 [الترنبة > عين حور]"],
    );
}

#[test]
fn runs_told_side_by_side_stay_apart() {
    check(
        "شاركت قوات روسية وتركية في الدورية الرابعة. أما الثالثة فكانت في الثامن من نيسان، في حين خرجت الدورية الثانية من سراقب.\nوسبقتها يوم الخميس الدورية الأولى.",
        &["patrol #4", "patrol #3 --04-08", "patrol #2 [سراقب]", "patrol #1 Thursday"],
    );
}

#[test]
fn positions_have_a_place_a_party_and_a_state() {
    check(
        "أنشأت القوات التركية نقطة عسكرية جديدة على تلة قرب بلدة البارة.",
        &["position new post near [البارة] Turkey"],
    );
    check(
        "ثبّت الجيش التركي قاعدة عسكرية بين بلدتي الرامي وكفرحايا.",
        &["position new base between [الرامي > كفرحايا] Turkey"],
    );
    check(
        "انسحب الجيش التركي من نقطة المراقبة في مورك بريف حماة الشمالي، وبدأ بتفكيك نقطة شير مغار.",
        &["position evacuated observation post at [مورك] Turkey", "position evacuated post at [شير مغار] Turkey"],
    );
    check("وصلت تعزيزات تركية إلى نقطة المراقبة في مورك.", &["position existing observation post at [مورك] Turkey"]);
    check(
        "زار وفد عسكري تركي قرية معرة حطاط تمهيداً لإقامة نقطة مراقبة فيها.",
        &["position planned observation post at [معرة حطاط] Turkey"],
    );
    check(
        "وقالت مصادر محلية إن القوات التركية أنشأت نقطتي مراقبة في كل من قميناس وسرمين.",
        &["position new observation post at [قميناس] Turkey", "position new observation post at [سرمين] Turkey"],
    );
    check("أقامت القوات التركية حاجزاً عسكرياً عند مفرق بلدة محمبل.", &["position new checkpoint near [محمبل] Turkey"]);
}

#[test]
fn an_ordinal_alone_is_one_more_post() {
    check(
        "ثبّت الجيش التركي نقطتي مراقبة في قميناس وسرمين، ونصب ثالثة في قرية البارة.",
        &[
            "position new observation post at [قميناس] Turkey",
            "position new observation post at [سرمين] Turkey",
            "position new observation post at [البارة] Turkey",
        ],
    );
}

#[test]
fn a_call_has_two_parties_wherever_they_are_named() {
    let map =
        read("بحث الرئيسان الروسي والتركي التهدئة. وجرى الاتصال يوم الخميس، وكان اتصالا هاتفيا بطلب من الجانب التركي.");
    let actors: Vec<String> = map.events.iter().flat_map(|feature| feature.event.merged.actors.clone()).collect();
    assert_eq!(actors, ["Russia", "Turkey"]);
}

#[test]
fn enumerated_posts_have_a_place_each() {
    check(
        "وزّع الجيش التركي قواته على ثلاث نقاط مراقبة استحدثها غربي إدلب: الأولى في فريكة، على بعد ٦ كم من جسر الشغور، واثنتان بين الزعينية وبكسريا.",
        &[
            "position new observation post at [فريكة] Turkey",
            "position new observation post between [الزعينية > بكسريا] Turkey",
        ],
    );
}

#[test]
fn russian_names_stand_in_cases() {
    check(
        "Российские и турецкие военные провели 27-е совместное патрулирование на трассе М4 9 сентября 2020 года. Колонна вышла из Саракиба, прошла через Ариху и доехала до Джиср-эш-Шугура.",
        &["patrol #27 2020-09-09 [Саракиба > Ариху > Джиср-эш-Шугура]"],
    );
    check(
        "Военные России и Турции 6 мая 2021 года провели двадцать первый совместный патруль из Найраба в Саракиб.",
        &["patrol #21 2021-05-06 [Найраба > Саракиб]"],
    );
    check(
        "Турецкая армия создала новый наблюдательный пост в Кансафре и покинула наблюдательный пост в Мореке.",
        &[
            "position new observation post at [Кансафре] Turkey",
            "position evacuated observation post at [Мореке] Turkey",
        ],
    );
}

#[test]
fn turkish_endings_may_stand_without_an_apostrophe() {
    for name in ["Serakib'den", "Serakib’den", "Serakibden"] {
        for end in ["Eriha'ya", "Eriha’ya", "Erihaya"] {
            check(
                &format!(
                    "Türk ve Rus askerleri 5 Mayıs 2020'de ortak devriye icra etti. Araçlar {name} hareket ederek {end} ulaştı."
                ),
                &["patrol 2020-05-05 [Serakib > Eriha]"],
            );
        }
    }
}

/// What belongs to the page: each text ends in a clean sentence about one place, and nothing of the
/// menu, the caption or the other headlines may become a date, a run or a post.
#[test]
fn menus_captions_and_other_headlines_are_noise() {
    let body = [
        ("قصفت قوات النظام بلدة كنصفرة.", "ar"),
        ("Regime forces shelled the town of Kansafra.", "en"),
        ("Rejim güçleri Kenesfere köyünü vurdu.", "tr"),
        ("Правительственные войска обстреляли посёлок Кансафра.", "ru"),
    ];
    let around = [
        ("ar", "{}\nاقرأ أيضاً\nتسيير الدورية 35 من سراقب إلى أريحا في 5 آب 2020"),
        ("ar", "{}\nمواضيع ذات صلة\nأنشأت القوات التركية نقطة جديدة في بلدة النيرب"),
        ("ar", "{}\nصورة أرشيفية: دورية روسية تركية في سراقب، 5 آذار 2020"),
        ("ar", "آخر تحديث: 7 أيار 2021 دورية مشتركة في سراقب\n{}"),
        ("en", "{}\nRead also\nThe 35th joint patrol went from Saraqib to Ariha on 5 August 2020"),
        ("en", "{}\nRelated articles\nTurkish forces set up a new post in Nayrab"),
        ("en", "{}\nFile photo: a joint Russian-Turkish patrol in Saraqib, 5 March 2020"),
        ("en", "{}\nArchive photo of a Russian-Turkish patrol near Saraqib, 5 March 2020"),
        ("en", "Last updated: 7 May 2021, joint Russian-Turkish patrol in Saraqib\n{}"),
        ("tr", "{}\nİlgili haberler\n35'inci ortak Türk-Rus devriyesi 5 Ağustos 2020'de Serakib'de yapıldı"),
        ("tr", "{}\nArşiv fotoğrafı: Serakib'de Türk-Rus ortak devriyesi, 5 Mart 2020"),
        ("tr", "Güncelleme tarihi: 7 Mayıs 2021, Serakib'de ortak Türk-Rus devriyesi\n{}"),
        ("ru", "{}\nЧитайте также\n35-е совместное патрулирование прошло из Саракиба в Ариху 5 августа 2020 года"),
        ("ru", "{}\nФото из архива: российско-турецкий патруль в Саракибе, 5 марта 2020 года"),
        ("ru", "Обновлено: 7 мая 2021 года, совместный российско-турецкий патруль в Саракибе\n{}"),
    ];
    for (language, frame) in around {
        let (sentence, _) = body.iter().find(|(_, tag)| *tag == language).expect("one a language");
        let text = frame.replace("{}", sentence);
        let map = read(&text);
        let told = |event: &masar::model::feature::EventFeature| {
            let merged = &event.event.merged;
            let dated = !merged.date.is_empty();
            dated || matches!(merged.kind, EventKind::Patrol(_) | EventKind::Position(_))
        };
        let wrong: Vec<&EventMention> =
            map.events.iter().filter(|event| told(event)).map(|event| &event.event.merged).collect();
        assert!(wrong.is_empty(), "{text}\n{wrong:#?}");
        assert!(map.places.iter().any(|place| !place.mentions.is_empty()), "{text}");
    }
}

/// A damaged text says what the clean one says, or nothing: never something else.
#[test]
fn damaged_text_is_read_right_or_not_at_all() {
    let clean = "سيرت القوات التركية والروسية الدورية 24 في 17 آب 2020 على طريق M4 من سراقب إلى أريحا.";
    let expected = ["patrol #24 2020-08-17 [سراقب > أريحا]"];
    check(clean, &expected);
    let lines = |text: &str| -> Vec<String> {
        let map = read(text);
        map.events
            .iter()
            .filter_map(|feature| match &feature.event.merged.kind {
                EventKind::Patrol(patrol) => Some(patrol_line(&map, &feature.event.merged, patrol)),
                EventKind::Position(position) => Some(position_line(&map, &feature.event.merged, position)),
                EventKind::Other { .. } => None,
            })
            .collect()
    };
    // Stops are told as the text spells them; marks and controls are no difference here.
    let plain = |line: &str| masar::text::fold::fold(line);
    let damaged = [
        (
            "direction marks without their ends",
            "\u{202b}سيرت القوات \u{202b}التركية والروسية\u{202d} الدورية 24 في 17 آب 2020 على طريق M4 من \u{200f}سراقب\u{200e} إلى أريحا.",
        ),
        ("glued words", "سيرت القوات التركيةوالروسية الدورية 24 في 17 آب 2020 على طريقM4 من سراقب إلى أريحا."),
        (
            "dots inside words",
            "سيـ.ـرت القوات التركية والروسية الدوريـ.ـة 24 في 17 آب 2020 على طريق M4 من سراقـ.ـب إلى أريـ.ـحا.",
        ),
        ("full vowel marks", "سَيَّرَتِ القُوَّاتُ التُّرْكِيَّةُ والرُّوسِيَّةُ الدَّوْرِيَّةَ 24 في 17 آب 2020 عَلَى طَرِيقِ M4 مِنْ سَرَاقِب إِلَى أَرِيحَا."),
        ("mixed digits", "سيرت القوات التركية والروسية الدورية ٢4 في ١7 آب ٢٠20 على طريق M٤ من سراقب إلى أريحا."),
        ("no punctuation", "سيرت القوات التركية والروسية الدورية 24 في 17 آب 2020 على طريق M4 من سراقب إلى أريحا"),
        ("tatweel", "سيــرت القــوات التركـية والروسـية الدوريــة 24 في 17 آب 2020 على طريق M4 من سـراقب إلى أريـحا."),
        ("presentation forms", "سيرت القوات التركية والروسية الدورية 24 في 17 آب 2020 على طريق M4 من ﺳﺮﺍﻗﺐ إلى أريحا."),
        (
            "no-break and odd spaces",
            "سيرت\u{a0}القوات\u{2003}التركية والروسية\tالدورية\u{202f}24 في 17\u{a0}آب 2020 على طريق M4 من سراقب  إلى أريحا.",
        ),
    ];
    for (what, text) in damaged {
        let found = lines(text);
        let right = found.iter().map(|line| plain(line)).eq(expected.iter().map(|line| plain(line)));
        assert!(right || found.is_empty(), "{what}: {found:?}");
        // All of these are read today.
        assert!(right, "{what} is not read any more: {found:?}");
    }
}

/// "من … إلى" over and over names nothing, so nothing may come of it, and quickly.
#[test]
fn five_megabytes_of_prepositions_say_nothing() {
    let map = read(&"من … إلى ".repeat(5_000_000 / "من … إلى ".len()));
    assert!(map.events.is_empty() && map.places.is_empty());
}
