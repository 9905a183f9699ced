import type { Locale } from "@/runtime/node/localized";

export interface MessageLabel {
  readonly name: string;
  readonly examples: readonly string[];
}

/** What customers write about, for sending each message its own way. */
export const messageLabels: Readonly<Record<Locale, readonly [MessageLabel, MessageLabel, MessageLabel]>> = {
  en: [
    {
      name: "complaint",
      examples: [
        "The toaster broke after one day and I am very unhappy.",
        "My order is late again, this is not acceptable.",
        "I was charged too much and nobody answers me.",
        "The waiter was rude and the food was cold.",
        "You sent me the wrong size for the second time.",
        "The heating in my room never worked during the whole stay.",
        "I bought a phone from you and it was dead the next morning.",
        "I still have not received my refund after three weeks of waiting.",
        "We stood in line for an hour and no one took care of us.",
        "The bathroom was filthy and the neighbours were noisy all night.",
      ],
    },
    {
      name: "praise",
      examples: [
        "Thank you so much, the team was wonderful!",
        "I love the new lamp, it looks great.",
        "Best service I have ever had, keep it up.",
        "The delivery came early and everything was perfect.",
        "Your colleague was so kind and patient with me.",
        "What a lovely evening, we will come back.",
        "The cake was delicious, the best in the whole city.",
        "I am delighted with my new sofa.",
        "Please tell Tom at the counter that he made my day.",
      ],
    },
    {
      name: "question",
      examples: [
        "What are your opening hours on Sunday?",
        "Do you ship to Norway, and what does it cost?",
        "Is this jacket also available in blue?",
        "How do I change the address of my account?",
        "Can I bring my dog to the hotel?",
        "When will the new model be in the shops?",
        "Does the room come with a kitchen?",
        "How many days do I have to send something back?",
        "Is there a bus stop close to your shop?",
      ],
    },
  ],
  zh: [
    {
      name: "投诉",
      examples: [
        "烤面包机用了一天就坏了，我非常不满意。",
        "订单又晚了，实在不能接受。",
        "多收了我的钱，也没人回复。",
        "服务员态度很差，菜也是凉的。",
        "你们第二次给我发错尺码了。",
        "住了几天，房间的暖气一直不热。",
      ],
    },
    {
      name: "表扬",
      examples: [
        "太感谢了，你们团队真棒！",
        "新台灯特别好看，我很喜欢。",
        "这是我遇到过最好的服务，继续保持。",
        "送货提前到了，一切都很完美。",
        "你们的同事很热心，也很有耐心。",
        "今晚过得很愉快，下次还来。",
      ],
    },
    {
      name: "咨询",
      examples: [
        "你们周日几点开门？",
        "可以寄到国外吗，运费多少？",
        "这件外套有蓝色的吗？",
        "怎么修改账户里的地址？",
        "住酒店可以带狗吗？",
        "新款什么时候上市？",
      ],
    },
  ],
};
