import type { Finding } from "./finding";
import { foldWidth } from "./fold";

/** `weight` is how sure one match makes it: what hardly anybody writes in good faith has 0.92 and more, what needs a second sign less. */
interface InjectionRule {
  readonly id: string;
  readonly weight: number;
  readonly pattern: RegExp;
}

const earlier = "(?:previous|prior|above|earlier|preceding|foregoing|existing|original|initial|system|your)";
const orders =
  "(?:instructions?|prompts?|rules?|directions?|directives?|guidelines?|commands?|orders|constraints|programming|context)";

/** Quantifiers are bounded throughout, so that no text takes long. */
const rules: readonly InjectionRule[] = [
  {
    id: "override",
    weight: 0.95,
    pattern: new RegExp(
      `\\b(?:ignore|disregard|forget|override|bypass|discard|neglect|skip)\\b[^.!?\\n]{0,30}?\\b${earlier}\\b[^.!?\\n]{0,24}?\\b${orders}\\b`,
      "gi",
    ),
  },
  {
    id: "override",
    weight: 0.93,
    pattern:
      /\b(?:ignore|disregard|forget) (?:everything|anything|all)(?: of it)?(?: that)? (?:above|before|you(?:'ve| have| were) (?:been )?(?:told|said|taught))/gi,
  },
  {
    id: "override",
    weight: 0.95,
    pattern:
      /(?:忽略|无视|忘记|忘掉|忘了|抛弃|不要理会|不用管|绕过|覆盖|跳过|丢弃)[^。！？\n]{0,12}?(?:之前|以前|前面|上面|以上|上述|先前|此前|原来|原有|系统|你的|所有)[^。！？\n]{0,8}?(?:指令|指示|提示词?|规则|要求|设定|限制|命令|约束|对话|内容)/g,
  },
  {
    id: "reveal-prompt",
    weight: 0.93,
    pattern:
      /\b(?:reveal|show|print|repeat|output|display|disclose|leak|dump|recite|give me|tell me|what (?:is|are|was|were))\b[^.!?\n]{0,24}?\b(?:system prompt|(?:your|the) (?:initial|hidden|original|secret|full|system|developer) (?:prompts?|instructions?|messages?)|(?:your|the) instructions (?:above|verbatim)|(?:text|words|everything) above)\b/gi,
  },
  {
    id: "reveal-prompt",
    weight: 0.93,
    pattern:
      /(?:告诉我|说出|输出|打印|显示|重复|复述|展示|泄露|公开|给我看|列出|翻译)[^。！？\n]{0,12}?(?:系统提示词?|系统指令|系统消息|初始(?:提示词?|指令|设定)|隐藏(?:的)?(?:提示词?|指令)|你的(?:提示词|指令|设定|规则)|以上(?:全部|所有)?(?:内容|文字|指令))/g,
  },
  {
    id: "jailbreak",
    weight: 0.93,
    pattern:
      /\b(?:do anything now|dan mode|developer mode (?:enabled|on|activated)|(?:enable|enter|activate|switch to) (?:developer|debug|god|dan|jailbreak|unrestricted) mode|jailbreak mode|jailbroken|you are (?:now )?(?:dan|free of all restrictions))\b/gi,
  },
  {
    id: "jailbreak",
    weight: 0.92,
    pattern:
      /\b(?:act|behave|respond|answer|roleplay|role-play|pretend|you are)\b[^.!?\n]{0,60}?\b(?:without (?:any )?(?:restrictions?|limits|limitations|filters?|rules|censorship|ethical)|unfiltered|uncensored|unrestricted|no (?:restrictions|rules|filters|limits|ethics|guidelines)|evil (?:ai|assistant|twin))\b/gi,
  },
  {
    id: "jailbreak",
    weight: 0.93,
    pattern:
      /(?:进入|开启|启用|打开|切换到|激活)[^。！？\n]{0,6}?(?:开发者|调试|越狱|上帝|无限制|超级管理员)(?:模式|权限)|(?:扮演|假装|你现在是|从现在起你是|你将作为)[^。！？\n]{0,24}?(?:没有|不受|无)(?:任何)?(?:限制|约束|道德|规则|审查|过滤)/g,
  },
  {
    id: "forged-role",
    weight: 0.94,
    pattern:
      /<\|(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|eot_id)\|>|\[\/?INST\]|<<\/?SYS>>|<\/?system>/gi,
  },
  {
    id: "forged-role",
    weight: 0.75,
    pattern:
      /(?:^|\n)[ \t]{0,4}(?:#{1,4} ?)?(?:system|developer|系统|开发者)(?: (?:message|prompt|override|note)|消息|提示|指令)?[ \t]{0,2}[:：]/gi,
  },
  {
    id: "new-orders",
    weight: 0.75,
    pattern:
      /\b(?:new|updated|revised|real|actual) (?:instructions?|orders?|rules|task)(?: (?:is|are|follow))?[ \t]{0,2}:|\bend of (?:the )?(?:system )?(?:prompt|instructions|document|context)\b|\byour (?:new|real|only|actual) (?:task|goal|instruction|job|purpose|role) is\b/gi,
  },
  {
    id: "new-orders",
    weight: 0.75,
    pattern:
      /(?:新的?|最新|真正的|更新后的)(?:指令|指示|任务|规则|命令)(?:是|如下)?[:：]|(?:提示词|指令|文档)(?:到此)?结束|你(?:真正|唯一|新)的任务是/g,
  },
  {
    id: "smuggle-out",
    weight: 0.93,
    pattern:
      /\b(?:send|post|upload|forward|e-?mail|transmit|exfiltrate|append|leak)\b[^.!?\n]{0,60}?\b(?:conversation|chat history|user(?:'s)? data|api[ -]?keys?|passwords?|secrets?|credentials|system prompt|documents?|personal data|tokens?)\b[^\n]{0,60}?(?:https?:\/\/|@[a-z0-9-]+\.|\b(?:attacker|webhook)\b)/gi,
  },
  {
    id: "smuggle-out",
    weight: 0.93,
    pattern:
      /(?:把|将)[^。！？\n]{0,16}?(?:对话|聊天记录|密钥|密码|用户数据|用户信息|系统提示|文档内容|个人信息)[^。！？\n]{0,16}?(?:发送|发给|上传|转发|提交|泄露)[^。！？\n]{0,8}?(?:到|给|至)?[^。！？\n]{0,4}?(?:https?:\/\/|[a-z0-9._-]+@[a-z0-9-]+\.)/gi,
  },
  {
    id: "smuggle-out",
    weight: 0.75,
    pattern: /!\[[^\]\n]{0,80}\]\(https?:\/\/[^)\s]{1,200}[?&][\w-]{1,30}=[^)\s]{0,200}(?:\{|<|\$|%7B)/gi,
  },
  {
    id: "secrecy",
    weight: 0.75,
    pattern:
      /\b(?:do not|don't|never) (?:tell|inform|alert|notify|mention (?:this|it|that) to|let) (?:the |any )?(?:user|human|reader|operator|customer|anyone)\b/gi,
  },
  {
    id: "secrecy",
    weight: 0.75,
    pattern: /(?:不要|别|不得|切勿)(?:告诉|告知|通知|提醒|让)[^。！？\n]{0,4}?(?:用户|读者|客户|操作员|任何人)/g,
  },
  {
    id: "no-refusal",
    weight: 0.7,
    pattern:
      /\b(?:do not|don't|never|you (?:cannot|can't|must not|may not)) (?:refuse|decline|say (?:that )?you (?:can't|cannot)|apologi[sz]e|warn|moralize|lecture)\b|\b(?:you (?:must|have to) (?:obey|comply|always answer)|regardless of (?:any )?(?:policy|policies|ethics|safety|legality))\b/gi,
  },
  {
    id: "no-refusal",
    weight: 0.7,
    pattern:
      /(?:不要|不许|不能|不得|禁止)(?:拒绝|道歉|警告|说教|说你(?:不能|无法|做不到))|(?:必须|无条件)(?:服从|遵从|执行|回答)(?:我的|所有|任何|一切)/g,
  },
  {
    id: "false-authority",
    weight: 0.6,
    pattern:
      /\b(?:i am|i'm|this is|as) (?:your|the) (?:developer|creator|administrator|system admin|owner|programmer)\b|\b(?:openai|anthropic|google) (?:staff|employee|engineer|has authori[sz]ed|authori[sz]es)\b|\b(?:admin|root|developer) override\b/gi,
  },
  {
    id: "false-authority",
    weight: 0.6,
    pattern:
      /我(?:是|就是)(?:你的|系统的?|这个系统的)?(?:开发者|创造者|管理员|主人|程序员)|(?:管理员|开发者)(?:授权|特权|口令)/g,
  },
  {
    id: "from-now-on",
    weight: 0.5,
    pattern:
      /\bfrom now on,? (?:you|your|always|only|every)\b|\bfor the rest of (?:this|the) (?:conversation|chat)\b/gi,
  },
  { id: "from-now-on", weight: 0.5, pattern: /从现在(?:开始|起)[，,]?(?:你|请你|所有|每次)/g },
  {
    id: "hidden-payload",
    weight: 0.7,
    pattern:
      /\b(?:decode|decrypt|de-?obfuscate|base64|rot13|hex)\b[^.!?\n]{0,60}?\b(?:and|then) (?:follow|execute|obey|do|run|comply)\b/gi,
  },
  {
    id: "hidden-payload",
    weight: 0.7,
    pattern: /(?:解码|解密|base64|反转)[^。！？\n]{0,24}?(?:并|然后|再)(?:执行|照做|遵循|服从|运行)/gi,
  },
];

export interface RuleFindings {
  /** 0 to 1: rules of different ids add up as independent signs do. */
  readonly score: number;
  readonly findings: readonly Finding[];
}

export const findInjectionByRules = (given: string): RuleFindings => {
  const text = foldWidth(given);
  const findings: Finding[] = [];
  const weights = new Map<string, number>();
  for (const { id, weight, pattern } of rules) {
    for (const { index, 0: found } of text.matchAll(pattern)) {
      findings.push({ part: "injection", kind: id, start: index, end: index + found.length, score: weight });
      weights.set(id, Math.max(weight, weights.get(id) ?? 0));
    }
  }
  const doubt = [...weights.values()].reduce((product, weight) => product * (1 - weight), 1);
  return { score: 1 - doubt, findings };
};
