import type { Locale } from "@/runtime/node/localized";

export interface ComplaintLabel {
  readonly name: string;
  readonly examples: readonly string[];
}

/** What complaints of a shop are about, with sentences the way customers write them. The last label is for all else. */
export const complaintLabels: Readonly<Record<Locale, readonly ComplaintLabel[]>> = {
  en: [
    {
      name: "delivery",
      examples: [
        "My parcel is a week late and nobody can tell me where it is.",
        "The courier left the package in the rain in front of my door.",
        "Tracking has shown 'out for delivery' for four days now.",
        "The order was marked as delivered but I never received it.",
        "You sent my order to an old address even though I had changed it.",
        "I waited at home all day and the driver never came.",
        "Half of the shipment is missing, only one of two boxes arrived.",
      ],
    },
    {
      name: "billing",
      examples: [
        "I was charged twice for the same order.",
        "The refund you promised has still not reached my account.",
        "My invoice shows a higher price than the one on the website.",
        "You renewed my subscription and took the money without asking.",
        "The discount code was accepted but not taken off the total.",
        "There is a fee on my credit card statement that I do not recognise.",
        "I cancelled in time and you still billed me for the next month.",
      ],
    },
    {
      name: "product quality",
      examples: [
        "The kettle stopped working after two days.",
        "The fabric tore the first time I wore the jacket.",
        "The screen arrived with a crack in one corner.",
        "The shoes fell apart after a week of normal use.",
        "The colour is nothing like the picture and the material feels cheap.",
        "The battery lasts twenty minutes instead of the eight hours you advertise.",
        "One leg of the chair is shorter, so it wobbles.",
      ],
    },
    {
      name: "service",
      examples: [
        "I was on hold for an hour and then the line was cut.",
        "The person in your shop was rude and would not listen to me.",
        "Nobody has answered any of my five emails.",
        "Your chat agent kept sending me the same useless link.",
        "Every time I call, a different person tells me a different story.",
        "The assistant laughed at my question and hung up.",
        "I asked to speak to a manager and was simply ignored.",
      ],
    },
    {
      name: "other",
      examples: [
        "Your website does not work in my browser.",
        "How can I change the language of the newsletter?",
        "I would like to suggest a darker theme for the app.",
        "Do you have a job opening in your Berlin office?",
        "I forgot my password and cannot log in.",
        "Please delete my personal data from your systems.",
      ],
    },
  ],
  zh: [
    {
      name: "物流",
      examples: [
        "包裹晚了一个星期，没人说得清在哪里。",
        "快递员把东西扔在门口淋雨。",
        "物流信息四天没更新了，一直显示派送中。",
        "显示已签收，可我根本没收到货。",
        "地址早就改了，还是寄到了旧地址。",
        "在家等了一整天，送货的人没来。",
        "两个箱子只到了一个，少发了一半。",
      ],
    },
    {
      name: "账单",
      examples: [
        "同一笔订单扣了我两次钱。",
        "答应的退款到现在还没到账。",
        "发票金额比网站上的价格高。",
        "没经过我同意就自动续费扣款了。",
        "优惠券用了却没有减钱。",
        "信用卡账单上多了一笔不明收费。",
        "我按时取消了，下个月还是照样收费。",
      ],
    },
    {
      name: "产品质量",
      examples: [
        "水壶用了两天就坏了。",
        "衣服第一次穿就开线了。",
        "屏幕收到时角上就有裂痕。",
        "鞋子正常穿了一周就开胶。",
        "颜色和图片完全不一样，料子摸着很差。",
        "宣传说续航八小时，实际二十分钟就没电。",
        "椅子一条腿短，坐着一直晃。",
      ],
    },
    {
      name: "服务",
      examples: [
        "打客服电话等了一个小时，结果被挂断了。",
        "店员态度恶劣，根本不听我说话。",
        "发了五封邮件都没人回复。",
        "在线客服只会重复发同一个没用的链接。",
        "每次打电话，不同的人说法都不一样。",
        "客服笑话我的问题，然后就把电话挂了。",
        "我要求找经理，没人理我。",
      ],
    },
    {
      name: "其他",
      examples: [
        "你们的网站在我的浏览器里打不开。",
        "怎么修改订阅邮件的语言？",
        "建议给应用加一个深色主题。",
        "你们北京办公室还招人吗？",
        "我忘记密码，登录不了。",
        "请删除我在你们系统里的个人信息。",
      ],
    },
  ],
};
