/** Pairs of a traditional character and its simplified forms, `雲 云|後 后 …`; the package declares no types for its dictionaries. */
declare module "opencc-js/dict/TSCharacters" {
  const pairs: string;
  export default pairs;
}
