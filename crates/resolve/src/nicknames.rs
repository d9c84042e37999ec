//! Short forms of English forenames. Each row is one name's forms; a form may stand in several rows.

pub(crate) const ROWS: &[&[&str]] = &[
    &["abigail", "abby", "gail"],
    &["albert", "bert", "al"],
    &["alexander", "alexandra", "alex", "sandy", "sasha", "xander"],
    &["alfred", "alf", "alfie", "fred"],
    &["andrew", "andy", "drew"],
    &["anthony", "antony", "tony"],
    &["barbara", "barb", "babs"],
    &["benjamin", "ben", "benny"],
    &["catherine", "katherine", "kathryn", "katharine", "cathy", "kathy", "kate", "katie", "kitty"],
    &["charles", "charlie", "chas", "chuck"],
    &["charlotte", "charlie", "lottie"],
    &["christine", "christina", "chris", "tina"],
    &["christopher", "chris", "kit"],
    &["daniel", "dan", "danny"],
    &["david", "dave", "davey"],
    &["deborah", "debra", "debbie", "deb"],
    &["dorothy", "dot", "dolly", "dottie"],
    &["edward", "ed", "eddie", "ted", "teddy", "ned"],
    &["eleanor", "ellie", "nell", "nora"],
    &["elizabeth", "elisabeth", "liz", "lizzie", "beth", "betty", "eliza", "libby", "elsie"],
    &["frances", "fran", "fanny"],
    &["francis", "frank", "frankie"],
    &["frederick", "fred", "freddie"],
    &["geoffrey", "jeffrey", "geoff", "jeff"],
    &["gerald", "gerry", "jerry"],
    &["gregory", "greg"],
    &["harold", "harry", "hal"],
    &["helen", "nell", "ellen"],
    &["henry", "harry", "hal", "hank"],
    &["isabel", "isabella", "bella", "izzy"],
    &["jacob", "jake"],
    &["jacqueline", "jackie"],
    &["james", "jim", "jimmy", "jamie"],
    &["janet", "jan"],
    &["jennifer", "jenny", "jen"],
    &["jessica", "jess", "jessie"],
    &["john", "jack", "johnny", "jon"],
    &["jonathan", "jon", "jonny"],
    &["joseph", "joe", "joey"],
    &["joshua", "josh"],
    &["judith", "judy"],
    &["kenneth", "ken", "kenny"],
    &["lawrence", "laurence", "larry", "laurie"],
    &["leonard", "len", "lenny", "leo"],
    &["lucy", "lucinda", "lulu"],
    &["margaret", "maggie", "meg", "peggy", "madge", "greta", "daisy"],
    &["martin", "marty"],
    &["mary", "molly", "polly", "may"],
    &["matthew", "matt"],
    &["michael", "mike", "mick", "micky"],
    &["natalie", "nat"],
    &["nathaniel", "nathan", "nat", "nate"],
    &["nicholas", "nick", "nicky"],
    &["nicola", "nicky", "nikki"],
    &["oliver", "ollie"],
    &["pamela", "pam"],
    &["patricia", "pat", "patty", "trish", "tricia"],
    &["patrick", "pat", "paddy"],
    &["peter", "pete"],
    &["philip", "phillip", "phil"],
    &["rebecca", "becky", "becca"],
    &["richard", "rick", "dick", "richie", "ricky"],
    &["robert", "bob", "bobby", "rob", "robbie", "bert"],
    &["ronald", "ron", "ronnie"],
    &["rosemary", "rose", "rosie"],
    &["samuel", "samantha", "sam", "sammy"],
    &["sarah", "sara", "sally", "sadie"],
    &["simon", "si"],
    &["stephen", "steven", "steve"],
    &["susan", "susanna", "sue", "susie"],
    &["terence", "terry"],
    &["theodore", "theo", "ted", "teddy"],
    &["theresa", "teresa", "tess", "terry"],
    &["thomas", "tom", "tommy"],
    &["timothy", "tim"],
    &["victoria", "vicky", "tori"],
    &["vincent", "vince"],
    &["walter", "wally", "walt"],
    &["william", "bill", "billy", "will", "willie", "liam"],
    &["zachary", "zach", "zak"],
];

/// Numbers, from 1, of the first four rows that a form stands in; 0 where there are fewer.
pub(crate) fn rows(name: &str) -> [u16; 4] {
    let mut found = [0; 4];
    let rows = (1_u16..).zip(ROWS).filter(|(_, row)| row.contains(&name)).map(|(number, _)| number);
    for (place, row) in found.iter_mut().zip(rows) {
        *place = row;
    }
    found
}

/// The first form of the first row that has this one, or itself: a key under which most short forms meet.
pub(crate) fn usual_form(name: &str) -> &str {
    ROWS.iter().find(|row| row.contains(&name)).and_then(|row| row.first().copied()).unwrap_or(name)
}
