/**
 * What a question asks for, as far as its words show it beyond doubt. `count`: a number, or a word for none. `moment`: a date, a time of day or a day of
 * the week. `code`: something with a figure or in capitals. `words`: anything that the question does not say itself. `null`: nothing that could be
 * checked, as in a question that is answered by yes or no.
 */
export type Asked = "count" | "moment" | "code" | "words" | null;

const englishCount =
  /\bhow (?:many|much|long|far|high|tall|heavy|deep|wide|large|big|old|fast|hot|cold)\b|\b(?:what|which) (?:is|was|are) the (?:\w+ ){0,2}(?:price|cost|weight|temperature|fee|deposit|rent|salary|length|height|percentage|amount|number of)\b|\bwhat does (?:\w+ ){1,6}cost\b/i;
/** How often something is done may be said without a number: 每天. */
const howOften = /\bhow often\b|多久.{0,12}一次/i;
/** "How long before" asks for a number, "how much do you like" does not. */
const notCount = /\bhow (?:much|long|far|high|deep|old|big|large|fast) (?:do you (?:like|love|trust)|as)\b/i;
const englishMoment =
  /\b(?:(?:at |by |until |from )?(?:what|which) (?:time|date|day|weekday|month|year)|(?:what|which) is the (?:date|deadline))\b/i;
const englishCode =
  /\b(?:what|which)(?: is| are)?(?: the)? (?:\w+ ){0,3}(?:code|number|version|extension|postcode|zip)\b/i;
const notCode = /\b(?:mean|means|meant|meaning|stand for|stands for|cause|do|problem|wrong|happen)\b/i;
const englishWords = /\b(?:who|whom|whose|what|which|when|where|why|how)\b/i;
const choice = /\bor\b|还是|或者?/i;

const chineseCount =
  /多少|多久|多长|多重|多高|多远|多宽|多深|多厚|几(?:天|个|次|年|月|周|小时|分钟|秒|人|位|名|种|米|公里|公斤|元|块|折|页|本|册|件|张|台|辆|层|间|岁|倍|成)/;
const chineseMoment = /几点|几号|几月|几日|哪(?:一)?(?:天|日|年|月)|(?:周|星期)几|何时|什么(?:时间|日期)/;
const chineseCode =
  /(?:什么|哪个|哪一个|哪些)(?:\p{Script=Han}{0,4})(?:代码|编号|号码|序列号|版本|分机|电话|邮编)|(?:代码|编号|号码|序列号|版本|分机号?|电话|邮编|型号)(?:号)?(?:是|为)(?:什么|多少|哪个)|(?:打|拨|拨打)(?:哪个|什么)/u;
const chineseMeaning = /意思|含义|表示|代表|原因|故障|怎么|为什么/;
const chineseWords = /什么|谁|哪|怎么|怎样|如何|为何|几|多/;

/** What is asked for, by the words of the question. Where two kinds stand in it, the one that asks for less is taken. */
export const askedFor = (given: string): Asked => {
  const question = given.normalize("NFKC").slice(0, 2_000);
  if (choice.test(question)) return null;
  if (howOften.test(question)) return "words";
  if (englishMoment.test(question) || chineseMoment.test(question)) return "moment";
  if (englishCount.test(question) && !notCount.test(question)) return "count";
  if (chineseCount.test(question)) return "count";
  if (englishCode.test(question) && !notCode.test(question)) return "code";
  if (chineseCode.test(question) && !chineseMeaning.test(question)) return "code";
  return englishWords.test(question) || chineseWords.test(question) ? "words" : null;
};
