import { describe, expect, it } from "vitest";
import { isContradicted, readClauses } from "./polarity";

describe("a claim", () => {
  it.each([
    ["is refundable", "is not refundable"],
    ["The deposit is refundable.", "The deposit is not refundable."],
    ["押金可以退还。", "押金不可退还。"],
    ["押金可退。", "押金不予退还，押金不可退。"],
    ["It is not waterproof.", "It is waterproof."],
    ["支持无线充电", "不支持无线充电"],
    ["You may smoke here.", "You may not smoke here."],
    ["Smoking is allowed.", "Smoking is forbidden."],
    ["Opened items are refundable.", "Opened items are not refundable. Unopened items are refundable."],
    ["Refunds are possible.", "No refunds are possible."],
    ["必须佩戴头盔", "无需佩戴头盔"],
    ["不必佩戴头盔", "必须佩戴头盔"],
    ["The warranty excludes water damage.", "The warranty includes water damage."],
    ["A helmet is optional.", "A helmet is required."],
    ["The port is closed.", "The port is open."],
    ["停车免费", "停车收费"],
    ["It requires a password", "It doesn't require a password."],
    ["需要密码", "无需密码"],
    ["The certificate is valid.", "The certificate is invalid."],
    ["允许吸烟", "禁止吸烟"],
    ["本产品防水。", "本产品不防水。"],
    ["The device can be used outdoors.", "The device cannot be used outdoors."],
  ])("%s is contradicted by %s", (claim, source) => {
    expect(isContradicted(claim, readClauses(source))).toBe(true);
  });

  it.each([
    ["Items are refundable.", "Items that are not opened are refundable."],
    ["Unopened items are refundable.", "Opened items are not refundable. Unopened items are refundable."],
    ["Refunds are not possible.", "No refunds are possible."],
    ["It weighs not more than 20 kg.", "It weighs at most 20 kg"],
    ["不超过20公斤", "最多20公斤"],
    ["The deposit is refundable.", "The deposit is refundable. The fee is not refundable."],
    ["押金可退。", "押金可退，服务费不可退。"],
    ["It is safe.", "It is safe. It is not only cheap but safe."],
    ["Yes, you can.", "You can do it."],
    ["The battery charges quickly", "Do not open the battery. The battery charges quickly."],
    ["不同型号支持充电", "不同型号支持充电"],
    ["You cannot return opened items", "Opened items cannot be returned."],
    ["The warranty does not cover water damage.", "Water damage is not covered by the warranty."],
    ["The warranty excludes water damage.", "The warranty does not include water damage."],
    ["必须佩戴头盔", "需要佩戴头盔"],
    ["A helmet is mandatory.", "A helmet is required."],
    ["保修不包括进水。", "进水不在保修范围内，保修不包括进水"],
  ])("%s is not contradicted by %s", (claim, source) => {
    expect(isContradicted(claim, readClauses(source))).toBe(false);
  });

  it("is compared with texts that are made to be slow", () => {
    for (const piece of ["not ", "不", "a", "un", "no more than ", ",", "a,", "n't", "不可"]) {
      isContradicted("The deposit is refundable.", readClauses(piece.repeat(100_000 / piece.length)));
    }
  });
});
