import { endsInCountry, isCountry } from "../../../domain/index.ts";

/**
 * Country names that notices write beside OFAC's own (`COUNTRIES`): ISO 3166-1 short names, plain forms of them,
 * older and shorter names. Written without accents and with typewriter quotes.
 */
const TABLE = `
Aland Islands; American Samoa; Andorra; Anguilla; Antarctica; Bhutan; Bolivia, Plurinational State of;
Bolivia (Plurinational State of); Bonaire, Sint Eustatius and Saba; Botswana; Bouvet Island;
British Indian Ocean Territory; Brunei Darussalam; Burundi; Christmas Island; Cocos (Keeling) Islands;
Congo; Congo, The Democratic Republic of the; Congo, Democratic Republic of; Cook Islands; Cote d'Ivoire;
Curacao; Czechia; Eswatini; Falkland Islands; Falkland Islands (Malvinas); Faroe Islands; Fiji;
French Guiana; French Polynesia; French Southern Territories; Gabon; Gambia; Greenland; Grenada;
Guadeloupe; Guam; Heard Island and McDonald Islands; Holy See; Iran, Islamic Republic of;
Iran (Islamic Republic of); Isle of Man; Kiribati; Korea, Democratic People's Republic of;
Korea (Democratic People's Republic of); Korea, Republic of; Lao People's Democratic Republic; Lesotho;
Macao; Madagascar; Malawi; Martinique; Mauritius; Mayotte; Micronesia; Micronesia, Federated States of;
Micronesia (Federated States of); Moldova, Republic of; Montserrat; Myanmar; Nauru; Nepal; New Caledonia;
Niue; Norfolk Island; North Macedonia; Northern Mariana Islands; Palestine; Palestine, State of;
Papua New Guinea; Pitcairn; Puerto Rico; Reunion; Russian Federation; Saint Barthelemy; Saint Helena;
Saint Helena, Ascension and Tristan da Cunha; Saint Lucia; Saint Martin; Saint Martin (French part);
Saint Pierre and Miquelon; Sao Tome and Principe; Sint Maarten; Sint Maarten (Dutch part);
Solomon Islands; South Georgia and the South Sandwich Islands; Svalbard and Jan Mayen;
Syrian Arab Republic; Taiwan, Province of China; Tanzania, United Republic of; Timor-Leste; Tokelau; Tonga;
Turkiye; Turks and Caicos Islands; Tuvalu; United States Minor Outlying Islands;
United States of America; Venezuela, Bolivarian Republic of; Venezuela (Bolivarian Republic of); Viet Nam;
Virgin Islands (British); Virgin Islands, U.S.; Virgin Islands (U.S.); Wallis and Futuna; Western Sahara;
Bahamas; British Virgin Islands; Cape Verde; Crimea; D.P.R.K.; DPRK; Democratic People's Republic of Korea;
Democratic Republic of the Congo; DRC; East Timor; England; Former Yugoslav Republic of Macedonia; Gaza;
Gaza Strip; Great Britain; Holland; Islamic Republic of Iran; Ivory Coast; Kyrgyz Republic; Macedonia;
Macedonia, The Former Yugoslav Republic of; North Korea; Northern Ireland; P.R.C.; PRC;
Palestinian Territories; People's Republic of China; Republic of Korea; Republic of the Congo; Scotland;
Serbia and Montenegro; Slovak Republic; South Korea; Soviet Union; St. Kitts & Nevis; St. Kitts and Nevis;
St. Lucia; St. Vincent and the Grenadines; Swaziland; U.A.E.; U.K.; U.S.; U.S. Virgin Islands; U.S.A.; UAE;
UK; US; USA; USSR; Vatican City; Wales; Yugoslavia; Zaire
`;

/** Further country names of notices, as the table has them. */
export const NOTICE_COUNTRIES: readonly string[] = TABLE.trim().split(/;\s+/);

const NAMES: ReadonlySet<string> = new Set(NOTICE_COUNTRIES);

/** Countries that people are called after often enough. */
const GIVEN_NAMES: ReadonlySet<string> = new Set(["Montserrat"]);

/** True for a country as OFAC spells it, or as notices do: `The Netherlands`, `Türkiye`, `U.A.E.` */
export function namesCountry(text: string): boolean {
  if (isCountry(text)) return true;
  if (text.length > LONGEST) return false;
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/\u2019/g, "'");
  const short = plain.replace(/^the /i, "");
  return [plain, short].some((name) => NAMES.has(name) || isCountry(name));
}

const LONGEST = 60;

/** The same where a person's given names may stand. */
export function namesCountryNotPerson(text: string): boolean {
  return namesCountry(text) && !GIVEN_NAMES.has(text);
}

/** True for an address: its last part, or its last two (`Korea, North`), name a country. */
export function endsInCountryName(text: string): boolean {
  if (endsInCountry(text)) return true;
  const parts = text.split(/,\s*/).slice(-2);
  const last = parts[parts.length - 1] ?? "";
  return (
    namesCountry(last) ||
    namesCountry(parts.join(", ")) ||
    (last.endsWith(".") && endsInCountryName(text.slice(0, -1)))
  );
}
