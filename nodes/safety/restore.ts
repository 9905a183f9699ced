import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { originals, sealedOriginals } from "../lib/safety/sealed";
import { unmask } from "../lib/safety/token";

export const safetyRestore = defineNode({
  type: "safety/restore",
  version: 1,
  title: { en: "Put personal data back", zh: "还原个人信息" },
  summary: {
    en: "Replaces the masks of a safety check by the originals, where the reader of the run may see them.",
    zh: "在运行的读者有权查看时，把安全检查遮蔽的内容还原为原文。",
  },
  icon: "eye",
  keywords: ["unmask", "pii", "privacy", "reveal", "vault", "还原", "脱敏", "隐私", "解密"],
  config: z.object({}),
  inputs: {
    text: port.text({ en: "Masked text", zh: "遮蔽后的文本" }),
    sealed: port.json(sealedOriginals, { en: "Sealed originals", zh: "加密的原文" }),
  },
  outputs: {
    text: port.text({ en: "Text", zh: "文本" }),
    restored: port.boolean({ en: "Put back", zh: "已还原" }),
  },
  examples: [
    {
      name: "Puts an address back into a reply",
      config: {},
      inputs: {
        text: "We have written to [EMAIL_1].",
        sealed: { count: 1, cipher: 'sealed:}"moc.elpmaxe@ada":"]1_LIAME["{' },
      },
      outputs: { text: "We have written to ada@example.com.", restored: true },
    },
    {
      name: "Knows a mask in the form a model gave it, and says so where it does not",
      config: {},
      inputs: {
        text: "Write to 【Email_1】, EMAIL\\_1 or [邮箱_1].",
        sealed: { count: 1, cipher: 'sealed:}"moc.elpmaxe@ada":"]1_LIAME["{' },
      },
      outputs: { text: "Write to ada@example.com, ada@example.com or [邮箱_1].", restored: false },
    },
    {
      name: "Leaves the masks for a reader without the right",
      config: {},
      inputs: { text: "已联系 [PHONE_1]。", sealed: { count: 1, cipher: 'sealed:}"87654321831":"]1_ENOHP["{' } },
      vaultClosed: true,
      outputs: { text: "已联系 [PHONE_1]。", restored: false },
    },
    {
      name: "Has nothing to do where nothing was masked",
      config: {},
      inputs: { text: "Hello", sealed: { count: 0, cipher: "" } },
      outputs: { text: "Hello", restored: true },
    },
  ],
  run: async ({ inputs: { text, sealed }, ctx }) => {
    if (sealed.count === 0) return { text, restored: true };
    const opened = await ctx.vault.open(sealed.cipher);
    if (!opened.ok) {
      ctx.log("warn", `The masks stay: ${opened.error.message}`);
      return { text, restored: false };
    }
    const read = originals.safeParse(parsed(opened.value));
    if (!read.success) {
      throw new NodeFailure("value-invalid", "What was opened does not hold the originals of a safety check.", {
        hint: "Wire the port “sealed” of the safety check into this step.",
      });
    }
    const unmasked = unmask(text, read.data);
    if (unmasked.left.length > 0) {
      ctx.log("warn", `No original is known for ${unmasked.left.join(", ")}: a model may have changed the mask.`);
    }
    return { text: unmasked.text, restored: unmasked.left.length === 0 };
  },
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
