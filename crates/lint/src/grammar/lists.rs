//! Words that specifications and registries list.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A list of words, taken apart when the first is looked up: every tag of every text asks.
pub(crate) type Words = LazyLock<HashSet<&'static str>>;

/// [`Words`] of a text with blanks between them.
macro_rules! words {
    ($text:literal) => {
        std::sync::LazyLock::new(|| $text.split_ascii_whitespace().collect())
    };
}
pub(crate) use words;

pub(super) const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub(super) const PERIODS: [&str; 5] = ["hourly", "daily", "weekly", "monthly", "yearly"];

/// The schemes of IANA's registry that are permanent, and the provisional ones in use.
static SCHEMES: Words = words!(
    " aaa aaas about acap acct acd acr adiumxtra afp afs aim amss android appdata apt ark attachment aw barion \
    beshare bitcoin bitcoincash blob bolo browserext calculator callto cap cast casts chrome chrome-extension cid coap coaps \
    coap+tcp coap+ws com-eventbrite-attendee content conti cvs dab data dav diaspora dict did dis dlna-playcontainer \
    dlna-playsingle dns dntp dpp drm drop dtn dvb ed2k elsi ens ethereum example facetime fax feed feedready file filesystem \
    finger fish fm ftp geo gg git gitoid gizmoproject go gopher graph gtalk h323 ham hcp http https hxxp hxxps hydrazone iax \
    icap icon im imap info iotdisco ipfs ipn ipns ipp ipps irc irc6 ircs iris iris.beep iris.lwz iris.xpc iris.xpcs isostore \
    itms jabber jar jms keyparc lastfm ldap ldaps lid lvlt magnet mailserver mailto maps market matrix message mid \
    mms modem mongodb moz ms-word msnim msrp msrps mtqp mumble mupdate mvn news nfs ni nih nntp notes oid opaquelocktoken \
    openpgp4fpr pack palm paparazzi payto pkcs11 platform pop pres prospero proxy psyc pwid query quic-transport redis rediss \
    reload res resource rmi rsync rtmfp rtmp rtsp rtsps rtspu secondlife service session sftp sgn shc shttp sieve signal sip \
    sips skype smb sms smtp snews snmp soap.beep soap.beeps soldat spotify ssb ssh steam stun stuns submit svn swh tag \
    teamspeak tel teliaeid telnet tftp thismessage tip tn3270 tool turn turns tv udp unreal urn ut2004 uuid-in-package v-event \
    vemmi ventrilo view-source vnc vscode vsls wais web3 wcr webcal web+ap wifi wpid ws wss wtai wyciwyg xcon xcon-userid xfire \
    xmlrpc.beep xmlrpc.beeps xmpp xri ymsgr z39.50 z39.50r z39.50s "
);

pub(super) fn is_known_scheme(scheme: &str) -> bool {
    has_word(&SCHEMES, scheme)
}

/// IANA's registry of link relations, with those of Atom's own extensions.
static RELATIONS: Words = words!(
    " about acl alternate amphtml appendix apple-touch-icon apple-touch-startup-image archives author blocked-by \
    bookmark canonical chapter cite-as collection contents convertedfrom copyright create-form current describedby describes \
    disclosure dns-prefetch duplicate edit edit-form edit-media enclosure external first glossary help hosts hub icon index \
    intervalafter intervalbefore intervalcontains intervaldisjoint intervalduring intervalequals intervalfinishedby \
    intervalfinishes intervalin intervalmeets intervalmetby intervaloverlappedby intervaloverlaps intervalstartedby \
    intervalstarts item last latest-version license linkset lrdd manifest mask-icon me media-feed memento micropub modulepreload \
    monitor monitor-group next next-archive nofollow noopener noreferrer opener openid2.local_id openid2.provider original p3pv1 \
    payment pingback preconnect predecessor-version prefetch preload prerender prev prev-archive preview previous privacy-policy \
    profile publication related replies restconf ruleinput search section self service service-desc service-doc service-meta \
    sponsored start status stylesheet subsection successor-version sunset tag terms-of-service timegate timemap type ugc up \
    version-history via webmention working-copy working-copy-of "
);

/// Whether a link relation without a colon is registered.
pub(crate) fn is_link_relation(name: &str) -> bool {
    has_word(&RELATIONS, name)
}

/// ISO 3166-1, two letters.
static COUNTRIES: Words = words!(
    " ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by \
    bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb gd \
    ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn \
    kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne \
    nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm \
    sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt \
    za zm zw "
);

pub(super) fn is_country(code: &str) -> bool {
    has_word(&COUNTRIES, &code.to_ascii_lowercase())
}

/// Elements of HTML, those that are out of use too.
static HTML: Words = words!(
    " a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button \
    canvas caption center cite code col colgroup command data datalist dd del details dfn dialog dir div dl dt em embed event-source \
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins \
    isindex kbd keygen label legend li link listing main map mark marquee menu meta meter multicol nav nextid nobr noframes noscript \
    object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select \
    slot small sound source spacer span strike strong style sub summary sup table tbody td template textarea tfoot th thead time \
    title tr track tt u ul var video wbr xmp "
);

pub(crate) fn is_html_element(name: &str) -> bool {
    has_word(&HTML, name)
}

/// Elements of HTML that act, or reach beyond the text: readers take them out.
static UNSAFE: Words = words!(
    " applet base basefont body button embed form frame frameset head html iframe input isindex link meta noframes \
    noscript object param script select style textarea title "
);

pub(crate) fn is_unsafe_element(name: &str) -> bool {
    has_word(&UNSAFE, name)
}

/// Attributes of HTML that readers let through; `data-` and `aria-` beside them.
static ATTRIBUTES: Words = words!(
    " abbr accept accept-charset accesskey action align allowfullscreen alt aria async autocapitalize autocomplete \
    autoplay axis background balance behavior bgcolor bgproperties border bordercolor bordercolordark bordercolorlight bottompadding \
    cellpadding cellspacing challenge char charoff charset checked choff cite class clear code color cols colspan compact content \
    contenteditable controls controlslist coords crossorigin data datafld datapagesize datasrc datetime decoding default delay dir \
    disabled download draggable dynsrc enctype end face fetchpriority for form frame frameborder galleryimg gutter headers height \
    hidden hidefocus high href hreflang hspace icon id imagesizes imagesrcset inert inputmode integrity is ismap itemid itemprop \
    itemref itemscope itemtype keytype kind label lang language leftspacing link list loading longdesc loop loopcount loopend \
    loopstart low lowsrc max maxlength media method min multiple muted name nohref noshade nonce nowrap open optimum part pattern ping \
    placeholder playsinline point-size popover poster pqg preload profile prompt property radiogroup readonly referrerpolicy rel \
    repeat-max repeat-min replace required resource rev reversed rightspacing role rows rowspan rules scope scrolling selected shape \
    size sizes slot span spellcheck src srcdoc srclang srcset start step style summary suppress tabindex tabindex target template \
    text title toppadding translate type typeof unselectable urn usemap valign value variable vlink volume vocab vrml vspace about \
    prefix inlist width wrap xmlns "
);

pub(crate) fn is_safe_attribute(name: &str) -> bool {
    name.starts_with("data-") || name.starts_with("aria-") || name.contains(':') || has_word(&ATTRIBUTES, name)
}

/// Roles in the making of programmes (EBU Tech 3293, its role codes), in lower case, `_` for a blank.
static ROLES: Words = words!(
    " actor adapter adaptor agent anchor anchor_person anchorman animator announcer architect armourer arranger art_director artist \
    artistic_director assistant assistant_camera assistant_chief_designer assistant_choreographer assistant_director assistant_producer \
    associate_director associate_producer author best_boy book_author booker broadcaster camera camera_operator cameraman \
    casting casting_director chief_designer choir choreographer cinematographer client co-author co-director co-producer collaborator \
    colorist colourist commentator commissioner commissioning_broadcaster compere compiler composer conductor consultant contributor copyright_holder \
    correspondent costume_designer costume_supervisor costumer creator critic curator dancer depicted dialect_coach dialogue_coach \
    director director_of_photography dismantler dispatcher distribution distributor documentalist dresser dubbing_artist \
    dubbing_director dubbing_mixer editor editor-in-chief engineer ensemble executive_director executive_producer expert extra \
    fashion_designer fight_director film_director film_distributor film_editor floor_manager foley_artist foley_editor foley_mixer \
    foley_operator gaffer gatherer general_manager generator_operator graphic_artist graphic_assistant graphic_designer grip guest \
    hair_stylist hairdresser head_of_department host illustrator information_specialist instrumentalist interpreter interviewed_guest \
    interviewee interviewer journalist key_character key_grip key_talents lead_singer leadman librettist light_designer lighting \
    lighting_camera_man lighting_camera_operator lighting_cameraman lighting_director lighting_operator lighting_technician location_manager \
    lyricist maintenance make-up make-up_artist manager manufacturer master_of_ceremonies matte_artist mixer moderator music music_arranger \
    music_author music_composer music_conductor music_director music_editor music_group music_producer music_supervisor musician narrator \
    news_presenter newsreader orchestra owner participant performer photographer photography playwright poet presenter press_agent \
    producer production_assistant production_company production_coordinator production_department production_designer \
    production_manager production_secretary programme_producer programmer prompter prop_master publishing_company publisher puppeteer \
    pyrotechnician reader record_company recordist recording_engineer recorder rehearser reporter researcher reviewer rigger rights_owner \
    runner scene_designer scenario_author scenic_operative scientific_advisor script script_supervisor script_writer scriptwriter scorer \
    screenplay second_assistant_camera second_unit_director secretary sequence_supervisor set_designer set_dresser sign_language singer \
    soloist song_writer songwriter sound sound_designer sound_editor sound_effects sound_engineer sound_mixer sound_recordist sound_technician \
    speaker special_effects sponsor stage_director stage_manager storyboard_artist story_editor stunt stunts stuntman subtitles supervising_producer \
    supplier surtitles switcher technical_director technical_producer technician theatre_director thriller trainer translator transportation_manager treatment \
    uploader vision_mixer visual_effects vocalist voice_over voice-over wardrobe writer "
);

/// Whether a role of a maker is on the list.
pub(crate) fn is_media_role(role: &str) -> bool {
    has_word(&ROLES, role.trim().replace(' ', "_").as_str())
}

/// The categories of podcast directories as of 2019, `/` before a subcategory.
pub const ITUNES_CATEGORIES: &[(&str, &[&str])] = &[
    ("Arts", &["Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"]),
    ("Business", &["Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"]),
    ("Comedy", &["Comedy Interviews", "Improv", "Stand-Up"]),
    ("Education", &["Courses", "How To", "Language Learning", "Self-Improvement"]),
    ("Fiction", &["Comedy Fiction", "Drama", "Science Fiction"]),
    ("Government", &[]),
    ("History", &[]),
    ("Health & Fitness", &["Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"]),
    ("Kids & Family", &["Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"]),
    (
        "Leisure",
        &["Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden", "Video Games"],
    ),
    ("Music", &["Music Commentary", "Music History", "Music Interviews"]),
    (
        "News",
        &[
            "Business News",
            "Daily News",
            "Entertainment News",
            "News Commentary",
            "Politics",
            "Sports News",
            "Tech News",
        ],
    ),
    (
        "Religion & Spirituality",
        &["Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"],
    ),
    (
        "Science",
        &[
            "Astronomy",
            "Chemistry",
            "Earth Sciences",
            "Life Sciences",
            "Mathematics",
            "Natural Sciences",
            "Nature",
            "Physics",
            "Social Sciences",
        ],
    ),
    ("Society & Culture", &["Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"]),
    (
        "Sports",
        &[
            "Baseball",
            "Basketball",
            "Cricket",
            "Fantasy Sports",
            "Football",
            "Golf",
            "Hockey",
            "Rugby",
            "Running",
            "Soccer",
            "Swimming",
            "Tennis",
            "Volleyball",
            "Wilderness",
            "Wrestling",
        ],
    ),
    ("Technology", &[]),
    ("True Crime", &[]),
    ("TV & Film", &["After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"]),
];

/// Categories that the directory had before, in lower case: main ones, and subcategories whose name is gone.
const ITUNES_OLD: &str = "|arts & entertainment|audio blogs|food|games & hobbies|government & organizations|health|international|movies & television|\
    public radio|talk radio|transportation|travel|family|literature|entertainment|architecture|photography|poetry|performing arts|\
    business news|management & marketing|shopping|careers|investing|educational technology|higher education|k-12|language courses|training|\
    video games|other games|automotive|aviation|hobbies|local|national|non-profit|regional|alternative health|fitness & nutrition|\
    self-help|sexuality|australian|belgian|brazilian|canadian|chinese|dutch|french|german|hebrew|italian|japanese|norwegian|polish|\
    portuguese|spanish|swedish|other|philosophy|spirituality|personal journals|places & travel|history|medicine|natural sciences|\
    social sciences|amateur|college & high school|outdoor|professional|gadgets|podcasting|software how-to|tech news|\
    computers|developers|information technology|news|entrepreneurship|finance|real estate|stocks & bonds|gay & lesbian|\
    exercise|diet & nutrition|new age|";

pub(crate) fn is_old_itunes_category(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    !name.is_empty() && ITUNES_OLD.split('|').any(|known| known.trim() == name)
}

fn has_word(list: &Words, word: &str) -> bool {
    list.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        assert!(is_known_scheme("https") && is_known_scheme("z39.50s") && !is_known_scheme("htt"));
        assert!(is_link_relation("prev-archive") && !is_link_relation("service.post"));
        assert!(is_html_element("h1") && !is_html_element("h7") && !is_html_element(""));
        assert!(is_country("DE") && !is_country("XX"));
        assert!(is_old_itunes_category("Arts & Entertainment") && is_old_itunes_category("Computers"));
    }
}
