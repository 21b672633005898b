/**
 * OFAC's own country names with their ISO 3166-1 code, `--` where there is none (reference values of
 * CONS_ENHANCED, 2025). The set is open: a name that is not here is shown as OFAC writes it.
 */
const TABLE = `
Afghanistan AF; Albania AL; Algeria DZ; Angola AO; Antigua and Barbuda AG; Argentina AR; Armenia AM;
Aruba AW; Australia AU; Austria AT; Azerbaijan AZ; Bahamas, The BS; Bahrain BH; Bangladesh BD;
Barbados BB; Belarus BY; Belgium BE; Belize BZ; Benin BJ; Bermuda BM; Bolivia BO;
Bosnia and Herzegovina BA; Brazil BR; Brunei BN; Bulgaria BG; Burkina Faso BF; Burma MM; Cabo Verde CV;
Cambodia KH; Cameroon CM; Canada CA; Cayman Islands KY; Central African Republic CF; Chad TD; Chile CL;
China CN; Colombia CO; Comoros KM; Congo, Democratic Republic of the CD; Congo, Republic of the CG;
Costa Rica CR; Cote d Ivoire CI; Croatia HR; Cuba CU; Cyprus CY; Czech Republic CZ; Denmark DK;
Djibouti DJ; Dominica DM; Dominican Republic DO; Ecuador EC; Egypt EG; El Salvador SV;
Equatorial Guinea GQ; Eritrea ER; Estonia EE; Ethiopia ET; Finland FI; France FR; Georgia GE;
Germany DE; Ghana GH; Gibraltar GI; Greece GR; Guatemala GT; Guernsey GG; Guinea GN; Guinea-Bissau GW;
Guyana GY; Haiti HT; Honduras HN; Hong Kong HK; Hungary HU; Iceland IS; India IN; Indonesia ID;
Iran IR; Iraq IQ; Ireland IE; Israel IL; Italy IT; Jamaica JM; Japan JP; Jersey JE; Jordan JO;
Kazakhstan KZ; Kenya KE; Korea, North KP; Korea, South KR; Kosovo --; Kuwait KW; Kyrgyzstan KG;
Laos LA; Latvia LV; Lebanon LB; Liberia LR; Libya LY; Liechtenstein LI; Lithuania LT; Luxembourg LU;
Macau MO; Malaysia MY; Maldives MV; Mali ML; Malta MT; Man, Isle of IM; Marshall Islands MH;
Mauritania MR; Mexico MX; Moldova MD; Monaco MC; Mongolia MN; Montenegro ME; Morocco MA; Mozambique MZ;
Namibia NA; Netherlands NL; Netherlands Antilles --; New Zealand NZ; Nicaragua NI; Niger NE;
Nigeria NG; North Macedonia, The Republic of MK; Norway NO; Oman OM; Pakistan PK; Palau PW;
Palestinian PS; Panama PA; Paraguay PY; Peru PE; Philippines PH; Poland PL; Portugal PT; Qatar QA;
Region: Gaza --; Region: Northern Mali --; Romania RO; Russia RU; Rwanda RW; Saint Kitts and Nevis KN;
Saint Vincent and the Grenadines VC; Samoa WS; San Marino SM; Saudi Arabia SA; Senegal SN; Serbia RS;
Seychelles SC; Sierra Leone SL; Singapore SG; Slovakia SK; Slovenia SI; Somalia SO; South Africa ZA;
South Sudan SS; Spain ES; Sri Lanka LK; Sudan SD; Suriname SR; Sweden SE; Switzerland CH; Syria SY;
Taiwan TW; Tajikistan TJ; Tanzania TZ; Thailand TH; The Gambia GM; Togo TG; Trinidad and Tobago TT;
Tunisia TN; Turkey TR; Turkmenistan TM; Uganda UG; Ukraine UA; United Arab Emirates AE;
United Kingdom GB; United States US; Uruguay UY; Uzbekistan UZ; Vanuatu VU; Venezuela VE; Vietnam VN;
Virgin Islands, British VG; West Bank --; Yemen YE; Zambia ZM; Zimbabwe ZW; undetermined --
`;

const ENTRIES: readonly (readonly [string, string | null])[] = TABLE.trim()
  .split(/;\s*/)
  .map((entry) => {
    const gap = entry.lastIndexOf(" ");
    const iso = entry.slice(gap + 1);
    return [entry.slice(0, gap).replaceAll("\n", " "), iso === "--" ? null : iso];
  });

const ISO: ReadonlyMap<string, string | null> = new Map(ENTRIES);

/** Every known country name, as OFAC spells it. */
export const COUNTRIES: readonly string[] = ENTRIES.map(([name]) => name);

/** True for a country name in OFAC's spelling. */
export function isCountry(name: string): boolean {
  return ISO.has(name);
}

/** True for an address: its last part, or its last two (`Korea, North`), name a country. */
export function endsInCountry(text: string): boolean {
  const parts = text.split(/,\s*/);
  const one = parts[parts.length - 1] ?? "";
  const two = parts.slice(-2).join(", ");
  return isCountry(one) || isCountry(two) || /^Region: /.test(one);
}

/** ISO 3166-1 alpha-2 code of OFAC's name; null where OFAC has none or the name is not known. */
export function countryIso(name: string): string | null {
  return ISO.get(name) ?? null;
}
