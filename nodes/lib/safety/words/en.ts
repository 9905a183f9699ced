/** Sensitive words of English by category. Inflections are listed, since words are matched whole. */
// biome-ignore format: one word a line would be hundreds of lines of one word.
export const englishWords = {
  insult: [
    "asshole", "assholes", "bastard", "bastards", "bitch", "bitches", "bullshit", "cretin", "cunt", "cunts",
    "dickhead", "dickheads", "dipshit", "douchebag", "dumbass", "dumbasses", "fuck", "fucked", "fucker", "fuckers",
    "fucking", "fuck off", "fuck you", "go to hell", "halfwit", "idiot", "idiots", "imbecile", "imbeciles", "jackass",
    "jerk off", "loser", "losers", "moron", "morons", "moronic", "motherfucker", "motherfuckers", "motherfucking",
    "numbskull", "piece of shit", "piss off", "prick", "pricks", "retard", "retarded", "retards", "scumbag",
    "scumbags", "shit", "shithead", "shitheads", "shitty", "shut up", "shut the fuck up", "son of a bitch",
    "stupid cow", "twat", "twats", "wanker", "wankers", "worthless piece", "you are pathetic", "you disgust me",
  ],
  gambling: [
    "baccarat online", "bet big win big", "betting tips guaranteed", "bookie", "bookies", "casino bonus",
    "casino online", "crypto casino", "fixed matches", "free spins", "gambling site", "gambling sites",
    "guaranteed bet", "jackpot now", "match fixing", "no deposit bonus", "online baccarat", "online betting",
    "online casino", "online casinos", "online gambling", "online roulette", "online slots", "place your bets",
    "poker site", "slot machines online", "sports betting tips", "sure bet", "sure bets", "underground casino",
    "win real money",
  ],
  drugs: [
    "angel dust", "black tar heroin", "buy cocaine", "buy heroin", "buy mdma", "buy meth", "buy weed", "cocaine",
    "cook meth", "crack cocaine", "crystal meth", "dark web drugs", "drug dealer", "drug dealers", "ecstasy pills",
    "fentanyl powder", "ghb", "heroin", "ketamine for sale", "lsd tabs", "magic mushrooms for sale", "mdma",
    "methamphetamine", "methamphetamines", "oxycodone without prescription", "sell drugs", "selling drugs",
    "smoke crack", "snort cocaine", "speedball", "xanax without prescription",
  ],
  violence: [
    "beat you to death", "behead", "beheaded", "beheading", "bomb making", "bomb threat", "build a bomb",
    "burn you alive", "car bomb", "cut your throat", "death threat", "death threats", "genocide now", "hang yourself",
    "hire a hitman", "hitman for hire", "how to make a bomb", "kill him", "kill them all", "kill you",
    "kill yourself", "lynching", "make a bomb", "make a pipe bomb", "mass shooting", "massacre them",
    "molotov cocktail", "pipe bomb", "school shooting", "shoot up the school", "slit your throat", "stab you",
    "suicide bomber", "torture you", "you deserve to die", "you should die",
  ],
  sexual: [
    "barely legal", "blowjob", "blowjobs", "call girl", "call girls", "child porn", "child pornography", "cumshot",
    "escort service", "escort services", "gang bang", "handjob", "hardcore porn", "hookup tonight", "incest porn",
    "live sex cam", "nude pics", "porn", "porn site", "porno", "pornographic", "pornography", "rape fantasy",
    "revenge porn", "send nudes", "sex cam", "sex chat", "sex tape", "sexting", "strip show", "xxx video",
    "xxx videos",
  ],
  fraud: [
    "bank details urgently", "buy fake id", "buy followers", "carding forum", "cash flipping", "clone cards",
    "cloned cards", "counterfeit money", "counterfeit notes", "cvv shop", "double your bitcoin", "fake diploma",
    "fake diplomas", "fake id", "fake ids", "fake invoice", "fake passport", "fake passports", "fullz",
    "get rich quick", "guaranteed returns", "hacked accounts", "lottery winner", "money laundering service",
    "money mule", "money mules", "nigerian prince", "phishing kit", "phishing kits", "ponzi scheme", "pyramid scheme",
    "risk free profit", "stolen cards", "stolen credit cards", "wire the money today", "you have won the lottery",
  ],
} as const;
