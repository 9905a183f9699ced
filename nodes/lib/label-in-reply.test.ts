import { describe, expect, it } from "vitest";
import { labelInReply } from "./label-in-reply";

const names = ["delivery", "product quality", "quality", "billing"];

describe("the label in a reply", () => {
  it.each([
    ["delivery", "delivery"],
    ["  Delivery. ", "delivery"],
    ["**billing**", "billing"],
    ["`billing`", "billing"],
    ["“Billing”", "billing"],
    ["1. billing", "billing"],
    ["- **Billing**", "billing"],
    ["ＢＩＬＬＩＮＧ。", "billing"],
    ["The category is: billing!", "billing"],
    ["Label: product quality", "product quality"],
    ["**Label:** product quality", "product quality"],
    ["Category = billing", "billing"],
    ["quality", "quality"],
    ['{"label": "billing"}', "billing"],
    ['{"Category": "Billing."}', "billing"],
    ['{"reason": "late parcel, delivery", "label": "billing"}', "billing"],
    ["{'label': 'billing',}", "billing"],
    ['["billing"]', "billing"],
    ['Example: {"label": "delivery"}\nAnswer: {"label": "billing"}', "billing"],
    ["<think>It may be delivery.</think>billing", "billing"],
    ["It may be delivery.\n</think>\n\nbilling", "billing"],
    ['<think>Perhaps {"label": "delivery"}.</think>{"label": "billing"}', "billing"],
    ["<|channel|>analysis<|message|>delivery?<|end|><|start|>assistant<|channel|>final<|message|>billing", "billing"],
    ["The labels are:\n- delivery\n- billing\n\nAnswer: billing", "billing"],
    ["1. delivery\n2. billing\n\nbilling", "billing"],
    ["Label: delivery\nWait, that is wrong.\nLabel: billing", "billing"],
    ["billing\n\nThe customer was charged twice.", "billing"],
    ["The customer was charged twice.\n\nbilling", "billing"],
    ["This is not about delivery but billing.", "billing"],
    ["This isn't delivery, it's billing.", "billing"],
    ["Billing, not delivery.", "billing"],
    ["Billing rather than delivery.", "billing"],
    ["Could be delivery or billing. So the answer is billing.", "billing"],
    ["I choose billing because of the invoice", "billing"],
    ["delivery or billing", null],
    ["not delivery", null],
    ["Not only delivery but also billing", null],
    ["delivery\nbilling", null],
    ["rebilling", null],
    ["non-delivery", null],
    ["<think>billing</think>", null],
    ["<think>billing", null],
    ['{"label": "praise, says billing"', null],
    ['{"label": "praise"}', null],
    ["", null],
    ["I am not sure", null],
  ])("%j is %j", (reply, label) => {
    expect(labelInReply(reply, names)).toBe(label);
  });

  it.each([
    ["这属于物流问题。", "物流"],
    ["物流和账单", null],
    ["不是物流，而是账单", "账单"],
    ["这不是物流问题而是账单问题", "账单"],
    ["标签：账单", "账单"],
    ["【账单】", "账单"],
    ["可能是物流，也可能是账单。因此选择账单。", "账单"],
    ["不属于物流", null],
  ])("of Chinese: %s is %s", (reply, label) => {
    expect(labelInReply(reply, ["物流", "账单"])).toBe(label);
  });

  it("tells labels apart that hold a denial themselves", () => {
    expect(labelInReply("This is not spam.", ["spam", "not spam"])).toBe("not spam");
    expect(labelInReply("这是不满意", ["满意", "不满意"])).toBe("不满意");
    expect(labelInReply("客户不满意", ["满意", "一般"])).toBe(null);
  });

  it("is found in time that grows with the reply, not with its square", () => {
    const time = (text: string) => {
      const startedAt = performance.now();
      labelInReply(text, names);
      return performance.now() - startedAt;
    };
    for (const unit of [
      "!",
      " ",
      "。x",
      "not delivery ",
      "delivery, ",
      "- quality\n",
      "a: ",
      "n't ",
      "不",
      '{"label":',
      "`",
    ]) {
      const few = unit.repeat(12_500 / unit.length);
      time(few);
      expect(time(unit.repeat(200_000 / unit.length)), unit).toBeLessThan(Math.max(1_000, 40 * time(few)));
    }
  });
});
