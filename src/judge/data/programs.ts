/** What we know of a program tag; knowledge with its source and date, never a reason to drop a tag. */
export interface ProgramInfo {
  readonly tag: string;
  readonly title: string;
  /** Executive orders, statutes and regulations, as cited by OFAC. */
  readonly authority: string;
  /** OFAC's page of the program; the tag definitions where it has none of its own. */
  readonly page: string;
  readonly source: string;
  /** When the table was last compared with its source. */
  readonly asOf: string;
}

const SITE = "https://ofac.treasury.gov/sanctions-programs-and-country-information/";
const DEFINITIONS =
  "https://ofac.treasury.gov/specially-designated-nationals-list-sdn-list/program-tag-definitions-for-ofac-sanctions-lists";

// Honest about what was compared: the tags are those of the file; authorities and pages are compiled from public
// knowledge of the orders, and OFAC's definitions page (linked where a program has none of its own) decides.
const SOURCE =
  "Tags: program values of CONS_ENHANCED.XML of 2025-01-10 and of later lists. Authorities: compiled from the orders' public numbers, not compared with OFAC's Program Tag Definitions";
const AS_OF = "2025-01-10";

// tag | title | authority | page below SITE, `-` for none
const TABLE = `
561-Related | Iranian Financial Sanctions Regulations (non-SDN) | 31 CFR part 561 | iran-sanctions
561List | Iranian Financial Sanctions Regulations (former list of foreign financial institutions) | 31 CFR part 561 | iran-sanctions
BALKANS | Western Balkans | EO 13219, EO 13304; 31 CFR part 588 | balkans-related-sanctions
BALKANS-EO14033 | Western Balkans | EO 14033, EO 14140; 31 CFR part 588 | balkans-related-sanctions
BELARUS | Belarus | EO 13405; 31 CFR part 548 | belarus-sanctions
BELARUS-EO | Belarus (until 20 August 2021; now BELARUS-EO14038) | EO 14038; 31 CFR part 548 | belarus-sanctions
BELARUS-EO14038 | Belarus | EO 14038; 31 CFR part 548 | belarus-sanctions
BPI-RUSSIA-EO14024 | Russia, blocked pending investigation | EO 14024 | russian-harmful-foreign-activities-sanctions
BPI-SUDAN-14098 | Sudan, blocked pending investigation | EO 14098 | sudan-and-darfur-sanctions
BPI-Sudan-14098 | Sudan, blocked pending investigation | EO 14098 | sudan-and-darfur-sanctions
BURMA-EO14014 | Burma | EO 14014; 31 CFR part 525 | burma
BURUNDI | Burundi (ended 18 November 2021) | EO 13712; 31 CFR part 554 | -
CAATSA - IRAN | Countering America's Adversaries Through Sanctions Act, title I | P.L. 115-44 | countering-americas-adversaries-through-sanctions-act-related-sanctions
CAATSA - RUSSIA | Countering America's Adversaries Through Sanctions Act, title II | P.L. 115-44 | countering-americas-adversaries-through-sanctions-act-related-sanctions
CAR | Central African Republic | EO 13667; 31 CFR part 553 | central-african-republic-sanctions
CMIC-EO13959 | Chinese military-industrial complex (non-SDN) | EO 13959 as amended by EO 14032; 31 CFR part 586 | chinese-military-companies-sanctions
CUBA | Cuba | Cuban Assets Control Regulations, 31 CFR part 515; EO 12854 | cuba-sanctions
CUBA-EO | Cuba | executive order, its number not in the tag | cuba-sanctions
CUBA-EO14404 | Cuba | EO 14404 | cuba-sanctions
CYBER2 | Malicious cyber-enabled activities | EO 13694 as amended by EO 13757; 31 CFR part 578 | sanctions-related-to-significant-malicious-cyber-enabled-activities
CYBER3 | Malicious cyber-enabled activities | EO 13694 as amended by EO 14144; 31 CFR part 578 | sanctions-related-to-significant-malicious-cyber-enabled-activities
CYBER4 | Malicious cyber-enabled activities | EO 13694 as amended by EO 14306; 31 CFR part 578 | sanctions-related-to-significant-malicious-cyber-enabled-activities
DARFUR | Darfur | EO 13400; 31 CFR part 546 | sudan-and-darfur-sanctions
DPRK | North Korea | EO 13551; 31 CFR part 510 | north-korea-sanctions
DPRK-NKSPEA | North Korea | North Korea Sanctions and Policy Enhancement Act of 2016, P.L. 114-122 | north-korea-sanctions
DPRK2 | North Korea | EO 13687 | north-korea-sanctions
DPRK3 | North Korea | EO 13722 | north-korea-sanctions
DPRK4 | North Korea | EO 13810 | north-korea-sanctions
DRCONGO | Democratic Republic of the Congo | EO 13413, EO 13671; 31 CFR part 547 | democratic-republic-of-the-congo-related-sanctions
ELECTION-EO13848 | Foreign election interference | EO 13848; 31 CFR part 579 | foreign-interference-in-a-united-states-election-sanctions
ETHIOPIA-EO14046 | Ethiopia | EO 14046; 31 CFR part 550 | ethiopia
FSE-IR | Foreign sanctions evaders, Iran | EO 13608 | iran-sanctions
FSE-SY | Foreign sanctions evaders, Syria | EO 13608 | syria-related-sanctions
FTO | Foreign Terrorist Organizations | 8 U.S.C. 1189; 31 CFR part 597 | counter-terrorism-sanctions
GLOMAG | Global Magnitsky | EO 13818; 31 CFR part 583 | global-magnitsky-sanctions
HIFPAA | Hizballah International Financing Prevention Amendments Act | P.L. 115-272 | counter-terrorism-sanctions
HK-EO13936 | Hong Kong | EO 13936; 31 CFR part 585 | hong-kong-related-sanctions
HKAA | Hong Kong | Hong Kong Autonomy Act, P.L. 116-149 | hong-kong-related-sanctions
HOSTAGES-EO14078 | Hostages and wrongfully detained US nationals | EO 14078 | hostages-and-wrongfully-detained-us-nationals-sanctions
HRIT-IR | Human rights and information technology, Iran | EO 13606 | iran-sanctions
HRIT-SY | Human rights and information technology, Syria | EO 13606 | syria-related-sanctions
ICC-EO14203 | International Criminal Court | EO 14203 | international-criminal-court-related-sanctions
IFCA | Iran Freedom and Counter-Proliferation Act | 22 U.S.C. 8801 | iran-sanctions
IFSR | Iranian Financial Sanctions Regulations | additional tag; 31 CFR part 561 | iran-sanctions
ILLICIT-DRUGS-EO | Global illicit drug trade (until 22 September 2022; now ILLICIT-DRUGS-EO14059) | EO 14059; 31 CFR part 599 | counter-narcotics-trafficking-sanctions
ILLICIT-DRUGS-EO14059 | Global illicit drug trade | EO 14059; 31 CFR part 599 | counter-narcotics-trafficking-sanctions
IRAN | Government of Iran and Iranian financial institutions | EO 13599; 31 CFR part 560 | iran-sanctions
IRAN-CON-ARMS-EO | Iran conventional arms | EO 13949 | iran-sanctions
IRAN-EO13846 | Iran | EO 13846 | iran-sanctions
IRAN-EO13871 | Iran metals | EO 13871 | iran-sanctions
IRAN-EO13876 | Iran Supreme Leader | EO 13876 | iran-sanctions
IRAN-EO13902 | Iran sectors | EO 13902 | iran-sanctions
IRAN-HR | Iran human rights | EO 13553; CISADA; 31 CFR part 562 | iran-sanctions
IRAN-TRA | Iran Threat Reduction and Syria Human Rights Act | P.L. 112-158; EO 13628; 31 CFR parts 560 and 562 | iran-sanctions
IRAQ2 | Iraq, former regime | EO 13315; 31 CFR part 576 | iraq-related-sanctions
IRAQ3 | Iraq, threats to stability | EO 13438; 31 CFR part 576 | iraq-related-sanctions
IRGC | Islamic Revolutionary Guard Corps | additional tag; CISADA; 31 CFR part 561 | iran-sanctions
ISA | Iran Sanctions Act | 50 U.S.C. 1701 note | iran-sanctions
LEBANON | Lebanon | EO 13441; 31 CFR part 549 | lebanon-related-sanctions
LIBYA2 | Libya | EO 13566; 31 CFR part 570 | libya-sanctions
LIBYA3 | Libya | EO 13726; 31 CFR part 570 | libya-sanctions
MAGNIT | Magnitsky Act | P.L. 112-208; 31 CFR part 584 | the-magnitsky-sanctions
MALI-EO13882 | Mali | EO 13882; 31 CFR part 555 | mali-related-sanctions
MIDDLE-EAST-EO | West Bank (until 7 February 2024; then WEST-BANK-EO14115) | EO 14115 | -
NICARAGUA | Nicaragua | EO 13851; 31 CFR part 582 | nicaragua-related-sanctions
NICARAGUA-NHRAA | Nicaragua | Nicaragua Human Rights and Anticorruption Act, P.L. 115-335 | nicaragua-related-sanctions
NPweapons of mass destruction | Proliferation of weapons of mass destruction | EO 13382; 31 CFR part 544 | non-proliferation-sanctions
NS-PLC | Palestinian Legislative Council (non-SDN) | 31 CFR 594.520 | counter-terrorism-sanctions
PAARSSR-EO13894 | Promoting Accountability for Assad and Regional Stabilization | EO 13894 as amended by EO 14312; 31 CFR part 569 | syria-related-sanctions
PAIPA | Theft of American trade secrets | Protecting American Intellectual Property Act, P.L. 117-336 | -
PEESA | Protecting Europe's Energy Security Act | P.L. 116-92 | ukraine-russia-related-sanctions
PEESA-EO | Nord Stream 2 (until 12 November 2021; now PEESA-EO14039) | EO 14039 | ukraine-russia-related-sanctions
PEESA-EO14039 | Nord Stream 2 and other Russian energy export pipelines | EO 14039 | ukraine-russia-related-sanctions
RUSSIA-EO14024 | Russian harmful foreign activities | EO 14024 as amended by EO 14114; 31 CFR part 587 | russian-harmful-foreign-activities-sanctions
RUSSIA-EO14065 | So-called DNR and LNR regions of Ukraine | EO 14065 | russian-harmful-foreign-activities-sanctions
SDGT | Specially Designated Global Terrorists | EO 13224 as amended by EO 13886; 31 CFR part 594 | counter-terrorism-sanctions
SDNT | Colombia narcotics traffickers | EO 12978; 31 CFR part 536 | counter-narcotics-trafficking-sanctions
SDNTK | Narcotics kingpins | Foreign Narcotics Kingpin Designation Act; 31 CFR part 598 | counter-narcotics-trafficking-sanctions
SDT | Terrorism, Middle East peace process | EO 12947; 31 CFR part 595 | counter-terrorism-sanctions
SOMALIA | Somalia | EO 13536, EO 13620; 31 CFR part 551 | somalia-sanctions
SOUTH SUDAN | South Sudan | EO 13664; 31 CFR part 558 | south-sudan-related-sanctions
SSIDES | Support for the Sovereignty, Integrity, Democracy, and Economic Stability of Ukraine Act | P.L. 113-95 | ukraine-russia-related-sanctions
SUDAN-EO14098 | Sudan | EO 14098 | sudan-and-darfur-sanctions
SYRIA | Syria (revoked 30 June 2025) | EO 13338, EO 13460, EO 13572, EO 13573, EO 13582; 31 CFR part 542 | syria-related-sanctions
SYRIA-CAESAR | Caesar Syria Civilian Protection Act of 2019 | P.L. 116-92 | syria-related-sanctions
SYRIA-EO13894 | Syria-related (until 30 June 2025; now PAARSSR-EO13894) | EO 13894; 31 CFR part 569 | syria-related-sanctions
TCO | Transnational criminal organizations | EO 13581, EO 13863; 31 CFR part 590 | transnational-criminal-organizations
UHRPA | Uyghur Human Rights Policy Act | P.L. 116-145 | -
UKRAINE-EO13660 | Ukraine | EO 13660; 31 CFR part 589 | ukraine-russia-related-sanctions
UKRAINE-EO13661 | Ukraine | EO 13661 | ukraine-russia-related-sanctions
UKRAINE-EO13662 | Ukraine; SDN or SSI | EO 13662 | ukraine-russia-related-sanctions
UKRAINE-EO13685 | Crimea | EO 13685 | ukraine-russia-related-sanctions
VENEZUELA | Venezuela | EO 13692; 31 CFR part 591 | venezuela-related-sanctions
VENEZUELA-EO13850 | Venezuela | EO 13850 | venezuela-related-sanctions
VENEZUELA-EO13884 | Government of Venezuela | EO 13884 | venezuela-related-sanctions
WEST-BANK-EO14115 | West Bank (order revoked in January 2025) | EO 14115 | -
YEMEN | Yemen | EO 13611; 31 CFR part 552 | yemen-related-sanctions
ZIMBABWE | Zimbabwe (ended 4 March 2024) | EO 13288, EO 13391, EO 13469; 31 CFR part 541 | -
`;

const PROGRAMS: ReadonlyMap<string, ProgramInfo> = new Map(
  TABLE.trim()
    .split("\n")
    .map((line) => {
      const [tag = "", title = "", authority = "", slug = "-"] = line.split(" | ");
      const page = slug === "-" ? DEFINITIONS : `${SITE}${slug}`;
      return [tag, { tag, title, authority, page, source: SOURCE, asOf: AS_OF }];
    }),
);

/** What is known of a tag; undefined for one that no table of ours has. */
export function programInfo(tag: string): ProgramInfo | undefined {
  return PROGRAMS.get(tag);
}

/** All that is known, in the table's order: sorted by tag. */
export function knownPrograms(): readonly ProgramInfo[] {
  return [...PROGRAMS.values()];
}
