/** What begins the name of every variable that holds a setting. Two underscores: secrets have one. */
export const SETTING_PREFIX = "OFAC_LEDGER__";
