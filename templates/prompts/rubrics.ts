import type { Starter } from "./starter";

export const helpfulRubric: Starter = {
  key: "rubric-helpful",
  kind: "rubric",
  taskType: "judge",
  summary: { en: "Is the answer of use to whoever asked?", zh: "回答对提问者是否有用？" },
  text: {
    en: {
      name: "Rubric: helpful",
      system: "",
      user: `Judge whether the answer is of use to whoever asked.

5: answers what was asked, fully, in a form that can be used at once
4: answers it; a detail is missing
3: answers a part, or needs work before it can be used
2: speaks about the subject and does not answer
1: beside the question, or refuses without a reason

Length counts for nothing. If the question cannot be answered from what is given, an answer that says so is a 5.`,
      tests: [
        { inputs: { question: "When do you open on Sunday?", answer: "At ten." }, expected: "5" },
        {
          inputs: { question: "When do you open on Sunday?", answer: "We love Sundays and are glad that you ask." },
          expected: "2",
        },
        { inputs: { question: "When do you open on Sunday?", answer: "The hours are on the door." }, expected: "3" },
      ],
    },
    zh: {
      name: "标准：有用",
      system: "",
      user: `请判断回答对提问者是否有用。

5：完整回答了所问，可直接使用
4：回答了，缺少小处
3：只回答一部分，或需加工才能使用
2：谈到主题但没有回答
1：答非所问，或无理由拒绝

长短不计分。如果根据所给内容无法回答，如实说明即为5分。`,
      tests: [
        { inputs: { question: "周日几点开门？", answer: "十点。" }, expected: "5" },
        { inputs: { question: "周日几点开门？", answer: "我们喜欢周日，感谢您的询问。" }, expected: "2" },
        { inputs: { question: "周日几点开门？", answer: "时间写在门上。" }, expected: "3" },
      ],
    },
  },
};

export const groundedRubric: Starter = {
  key: "rubric-grounded",
  kind: "rubric",
  taskType: "judge",
  summary: { en: "Does every claim of the answer stand in its sources?", zh: "回答中的每个说法是否都有出处？" },
  text: {
    en: {
      name: "Rubric: grounded",
      system: "",
      user: `Judge whether every claim of the answer stands in the sources that it was given.

5: every claim stands there
4: one claim goes a little further than its source
3: one claim stands nowhere
2: several claims stand nowhere
1: a claim says the opposite of a source

Whether the sources are right is not asked. If the answer says that the sources do not tell, it is a 5 where that is so, else a 2.`,
      tests: [
        { inputs: { sources: "The bridge was built in 1911.", answer: "It dates from 1911." }, expected: "5" },
        {
          inputs: { sources: "The bridge was built in 1911.", answer: "It was built in 1911 by Adam Groh." },
          expected: "3",
        },
        { inputs: { sources: "The bridge was built in 1911.", answer: "It was built in 1920." }, expected: "1" },
      ],
    },
    zh: {
      name: "标准：有据",
      system: "",
      user: `请判断回答中的每个说法是否都出自所给资料。

5：每个说法都有出处
4：一个说法略超出资料
3：一个说法没有出处
2：多个说法没有出处
1：某个说法与资料相反

不判断资料本身对错。如果回答说资料没有提到，属实则5分，否则2分。`,
      tests: [
        { inputs: { sources: "这座桥建于1911年。", answer: "它建于1911年。" }, expected: "5" },
        { inputs: { sources: "这座桥建于1911年。", answer: "它由亚当·格罗于1911年建造。" }, expected: "3" },
        { inputs: { sources: "这座桥建于1911年。", answer: "它建于1920年。" }, expected: "1" },
      ],
    },
  },
};
