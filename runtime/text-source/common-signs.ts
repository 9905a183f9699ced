// Which signs the texts of a language are mostly made of. A wrong encoding gives signs that are as likely as any other; the right one gives these.

const signs = (text: string): ReadonlySet<string> => new Set(text);

/** By frequency in modern prose; simplified, then those that traditional Chinese writes otherwise. */
export const commonSimplified = signs(
  "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世保治北造百规热领七海口东导器压志金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局参红细引听该铁价严费户退货快递客服订单款支付问题答案账号密码登录联系请您什么怎么谢期望文本标签类别地址电话姓名数量金额价格产品编号名称备注测试知识库收录",
);
export const commonTraditional = signs(
  "的一是不我有在人這大來為個國們說時要就出會也你到以生可著自能和那上下中過道後麼去對子得發成事多然天學家工小心起無現開好看行方都只前面樣法經想還沒定關點間話知作實種動長從外年頭些電問當意如進同機老本力業體三公全手已身情理重分見主美文明水高月由此所其最二用相與之而很但於請價錢貨費運單號碼產品訂購服務客戶聯絡電話地址姓名數量金額備註測試資料您謝繁體臺灣香港書籤應該帳",
);
export const commonJapanese = signs(
  "のにはをたがでてとしれさいるあっまならかもこりすんうくそきけよつえせみおめどわじだちやぶろばげべぎざずごょゃゅアイウエオカキクケコサシスセソタチツテトナニネノハヒフホマミムメモヤユヨラリルレロワンッュョガギグゲゴザジズゼゾダデドバビブベボパピプペポャー日本人一年大会国十出三同時中行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨質問返品送料商客様料理注文期待答回付名前住所番号価格備考東京都合計説明使用方法取引確認",
);
export const commonHangul = signs(
  "이다는의가을에고하지로기사한서도리인자시대나어수과정일해전아그부만스여라있보제원주상동것장게음구들등성소공신문조실연면모우용내되선비경마관치오까당적무간명생통요안습니였년월본회계국민중세교재화유진개때말입방법물업양위반더또할수있없같많않된될및저희은를와으며면서합니다주문배송환불상품가격고객번호이름주소전화답변질테한글입",
);

/** Letters beside a to z of each alphabet, small ones. */
const latin: Readonly<Record<string, string>> = {
  german: "äöüß",
  french: "éèêëàâçîïôùûœæÿ",
  spanish: "áéíóúñü",
  portuguese: "áâãàçéêíóôõúü",
  italian: "àèéìòù",
  catalan: "àçèéíïòóúü",
  scandinavian: "åäöøæéü",
  icelandic: "áðéíóúýþæö",
  dutch: "ëïéèöüá",
  polish: "ąćęłńóśźż",
  czech: "áčďéěíňóřšťúůýž",
  slovak: "áäčďéíĺľňóôŕšťúýž",
  hungarian: "áéíóöőúüű",
  romanian: "ăâîșțşţ",
  croatian: "čćđšž",
  turkish: "çğıöşüâî",
  lithuanian: "ąčęėįšųūž",
  latvian: "āčēģīķļņšūž",
  estonian: "äõöüšž",
};
const cyrillic: Readonly<Record<string, string>> = {
  russian: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
  ukrainian: "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
  bulgarian: "абвгдежзийклмнопрстуфхцчшщъьюя",
  serbian: "абвгдђежзијклљмнњопрстћуфхцчџш",
  belarusian: "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
};
const alphabet = (letters: string): ReadonlySet<string> =>
  // İ is the capital of i in Turkish alone; ẞ is rare, and SS is no letter.
  new Set([...letters, ...letters.toUpperCase().replaceAll("SS", ""), ...(letters.includes("ğ") ? "İ" : "")]);

export const latinAlphabets: readonly ReadonlySet<string>[] = Object.values(latin).map(alphabet);
export const cyrillicAlphabets: readonly ReadonlySet<string>[] = Object.values(cyrillic).map(alphabet);

/** Vowels and the commonest consonants, more than half of the letters of a text. */
export const commonCyrillic = signs("оеаинтсрвлкмдпуОЕАИНТСРВЛКМДПУ");
export const commonGreek = signs("αοιετσνηυρπκμλςάόίέήύώΑΟΙΕΤΣΝΗΥΡΠΚΜΛ");
export const commonHebrew = signs("יוהלאתרבמשנםכפדעקח");
/** Shapes that only end a word. */
export const hebrewFinals = signs("ךםןףץ");
export const commonArabic = signs("اليمنرتبةودسعفقهحكجأىشص");
export const arabicFinals = signs("ةى");
export const commonThai = signs("านรอกเงมยลวดทสตะปบคหจพชขไแใโ่้ัีิ็ืุู์ำผถซฟ");
/** The accented letters that most people meet. */
export const familiarLetters = signs("éèàçäöüßñáíóãåøæêâÉÄÖÜ");

/** Signs beside letters that people write in any language. */
export const commonSymbols = signs(
  "’‘“”„‚«»‹›–—…•·°€£¥§©®™²³½¼×±µ¿¡ºª№₽，。、；：？！“”（）《》【】「」『』・～％＋－／￥　\u00a0",
);
/** Those that nobody types, or only in special fields. */
export const rareSymbols = signs("¤¦¨¬¯¸¶ƒˆ˜†‡‰÷þÞðÐ\u00ad");
