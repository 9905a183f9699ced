import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** Encrypts what must not lie readable in the database. */
export interface SecretBox {
  /**
   * Base64 of nonce, tag and ciphertext (AES-256-GCM). `place` says where it is kept, e.g. the row's id: a cipher moved to another
   * place does not open.
   */
  seal(secret: string, place: string): string;
  /** null where it does not open: another key, another place, or damage. */
  open(cipher: string, place: string): string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads PIPEWRIGHT_SECRET_KEY: 32 bytes in base64, made and kept by the start script. */
export const readSecretKey = (environment: Environment = process.env): Buffer => {
  const text = environment.PIPEWRIGHT_SECRET_KEY?.trim() ?? "";
  if (text === "") {
    throw new Error("PIPEWRIGHT_SECRET_KEY is not set. Start the app with npm start, or give it 32 bytes in base64.");
  }
  const key = Buffer.from(text, "base64");
  if (key.length !== keyBytes) {
    throw new Error(`PIPEWRIGHT_SECRET_KEY must be 32 bytes in base64; it holds ${key.length}.`);
  }
  return key;
};

export const createSecretBox = (key: Buffer): SecretBox => ({
  seal: (secret, place) => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place, "utf8"));
    const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
  },
  open: (text, place) => {
    const bytes = Buffer.from(text, "base64");
    if (bytes.length < nonceBytes + tagBytes) return null;
    try {
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(place, "utf8"))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
    } catch {
      return null;
    }
  },
});
