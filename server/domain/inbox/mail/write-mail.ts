import type { Mail } from "./send-mail";

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
/** One line: a title must not begin another header. */
const line = (text: string): string => text.replace(/\p{Cc}+/gu, " ").trim();

const page = (parts: readonly string[]): string =>
  `<!doctype html><html><body style="font:14px/1.5 system-ui,sans-serif;color:#1a1a1a;max-width:36rem">${parts.join("")}</body></html>`;

export interface Asked {
  readonly to: string;
  readonly title: string;
  readonly pipeline: string;
  readonly dueAt: Date;
  readonly link: string;
  readonly inbox: string;
}

/** Tells somebody that they are asked, in both languages. What is to be judged stays in the app: mail is no place for it. */
export const askedMail = ({ to, title, pipeline, dueAt, link, inbox }: Asked): Mail => {
  const subject = line(title) || line(pipeline);
  const due = dueAt.toISOString().slice(0, 16).replace("T", " ");
  const english = `A run of “${line(pipeline)}” waits for you, until ${due} UTC.`;
  const chinese = `流水线“${line(pipeline)}”的运行正在等待您的答复，截止时间 ${due} UTC。`;
  const once = "This link is for you alone and answers once. / 此链接仅供您使用，只能答复一次。";
  return {
    to,
    subject,
    text: `${english}\n${chinese}\n\n${subject}\n\nAnswer / 答复: ${link}\nInbox / 收件箱: ${inbox}\n\n${once}\n`,
    html: page([
      `<p>${escaped(english)}<br>${escaped(chinese)}</p>`,
      `<p style="font-size:16px;font-weight:600">${escaped(subject)}</p>`,
      `<p><a href="${escaped(link)}">Answer / 答复</a> · <a href="${escaped(inbox)}">Inbox / 收件箱</a></p>`,
      `<p style="color:#666;font-size:12px">${escaped(once)}</p>`,
    ]),
  };
};

export const testMailOf = (to: string): Mail => {
  const english = "Pipewright reaches this mail server: people will be told here what runs ask them.";
  const chinese = "Pipewright 可以使用此邮件服务器：运行向人提问时会在此通知。";
  return {
    to,
    subject: "Pipewright",
    text: `${english}\n${chinese}\n`,
    html: page([`<p>${escaped(english)}<br>${escaped(chinese)}</p>`]),
  };
};
