use claimlint::{
    grammar::pattern::PatternSet,
    lexicon::{Data, Lexicon},
    rule::RuleFile,
};
#[test]
fn all() {
    let mut data = Data::default();
    let mut files: Vec<_> = std::fs::read_dir("rules/lexicon").unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for f in files {
        let t = std::fs::read_to_string(&f).unwrap();
        match toml::from_str::<Data>(&t) {
            Ok(d) => data.merge(d),
            Err(e) => println!("{f:?} {e}"),
        }
    }
    let mut lex = Lexicon::new(data).unwrap();
    println!("entries {}", lex.len());
    let mut set = PatternSet::default();
    let mut bad = 0;
    let mut n = 0;
    for f in ["references", "claims", "statistics", "links", "contradictions"] {
        let Ok(t) = std::fs::read_to_string(format!("rules/{f}.toml")) else { continue };
        let mut file: RuleFile = match toml::from_str(&t) {
            Ok(f) => f,
            Err(e) => {
                println!("{f}: {e}");
                bad += 1;
                continue;
            }
        };
        for r in &mut file.rule {
            let code = r.code.clone();
            for p in r.check.mechanism_mut().phrases() {
                n += 1;
                match set.add(&p.text, &mut lex) {
                    Ok(id) => p.id = id,
                    Err(e) => {
                        bad += 1;
                        println!("{code}: {} at {:?} `{}` in {}", e.reason, e.range, &p.text[e.range.clone()], p.text)
                    }
                }
            }
        }
    }
    println!("{n} phrases");
    assert_eq!(bad, 0);
}
