/** Countries by ISO 3166-1 whose local numbers are known behind a word for telephone. */
export const phoneRegions = [
  "CN",
  "US",
  "GB",
  "DE",
  "FR",
  "IT",
  "ES",
  "PT",
  "NL",
  "BE",
  "CH",
  "AT",
  "SE",
  "NO",
  "DK",
  "FI",
  "PL",
  "CZ",
  "HU",
  "RO",
  "GR",
  "IE",
  "RU",
  "UA",
  "TR",
  "IL",
  "AE",
  "SA",
  "EG",
  "ZA",
  "NG",
  "KE",
  "IN",
  "PK",
  "BD",
  "JP",
  "KR",
  "TW",
  "HK",
  "MO",
  "SG",
  "MY",
  "TH",
  "VN",
  "ID",
  "PH",
  "AU",
  "NZ",
  "CA",
  "MX",
  "BR",
  "AR",
  "CL",
  "CO",
  "PE",
] as const;
export type PhoneRegion = (typeof phoneRegions)[number];

/** Says whether a number is one that can be dialled: what libphonenumber knows of the world's numbering plans. */
export type IsPhoneNumber = (number: string, region?: PhoneRegion) => boolean;

/** Loaded on first use: the browser never needs the numbering plans of the world. */
export const loadPhoneNumbers = async (): Promise<IsPhoneNumber> => {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/min");
  return (number, region) => parsePhoneNumberFromString(number, region)?.isValid() ?? false;
};
