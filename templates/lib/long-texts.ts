import type { Locale } from "@/runtime/node/localized";
import type { SampleInputs } from "./pipeline-template";

/** Documents that were written for this: nobody in them exists. Short, so that a small model on a processor is through with them in half a minute. */
export const longTexts: Readonly<Record<Locale, readonly [SampleInputs, SampleInputs]>> = {
  en: [
    {
      name: "Year of a library",
      inputs: {
        document: `The town library of Bredford looks back on its year. From January to December, 84,300 people came through its doors, nine in a hundred more than the year before. On Saturdays all 60 seats of the reading room were taken by eleven in the morning.

The largest piece of work was the roof. Rain had come in over the archive in February and damaged 140 maps of the harbour. The repair cost 412,000 euros; the town paid two thirds of it, and a foundation of readers the rest.

For the coming year the council has granted 95,000 euros for books, and a post for a librarian who visits the schools. From April the library opens on Sunday afternoons for a trial of six months.`,
      },
    },
    {
      name: "Minutes of a meeting",
      inputs: {
        document: `Minutes of the garden association, 12 May. Present were 23 of 40 members. The chair, Rosa Lind, opened at 18:30.

Water: the well gives less than last year. The meeting decided by 19 votes to 4 to water only before nine in the morning and to buy two tanks of 1,000 litres for 640 euros.

The summer feast is on 20 July. Each plot brings a salad or a cake. The next meeting is on 8 September.`,
      },
    },
  ],
  zh: [
    {
      name: "图书馆的一年",
      inputs: {
        document: `青河镇图书馆回顾这一年。从一月到十二月，共有 84300 人次到馆，比上一年多百分之九。周六上午十一点，阅览室的 60 个座位就已坐满。

最大的工程是修屋顶。二月雨水渗进档案室，损坏了 140 张港口地图。维修花费 412000 元，镇里承担三分之二，其余由读者基金会支付。

来年，镇里拨给购书经费 95000 元，并增加一名走进学校的馆员。从四月起，图书馆周日下午试行开放六个月。`,
      },
    },
    {
      name: "会议纪要",
      inputs: {
        document: `社区花园会议纪要，五月十二日。40 名成员中有 23 人到会，由林玫主持，18:30 开始。

用水：水井出水比去年少。会议以 19 票对 4 票决定只在上午九点前浇水，并花 640 元购买两个 1000 升的水箱。

夏季聚会定于七月二十日，每块地带一份沙拉或蛋糕。下次会议在九月八日。`,
      },
    },
  ],
};
