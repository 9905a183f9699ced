import { parseUrl } from "@/server/platform/guard/parse-url";

export interface S3Settings {
  /** Address of the service without the bucket, e.g. https://s3.eu-central-1.amazonaws.com. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads PIPEWRIGHT_S3_ENDPOINT, _BUCKET, _REGION, _ACCESS_KEY_ID and _SECRET_ACCESS_KEY; null where none of them is set. Half of them is a
 * mistake worth stopping for: files would silently land somewhere else.
 */
export const readS3Settings = (environment: Environment = process.env): S3Settings | null => {
  const read = (name: string) => environment[`PIPEWRIGHT_S3_${name}`]?.trim() ?? "";
  const endpoint = read("ENDPOINT");
  const bucket = read("BUCKET");
  const accessKeyId = read("ACCESS_KEY_ID");
  const secretAccessKey = read("SECRET_ACCESS_KEY");
  const given = { ENDPOINT: endpoint, BUCKET: bucket, ACCESS_KEY_ID: accessKeyId, SECRET_ACCESS_KEY: secretAccessKey };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === "" ? [`PIPEWRIGHT_S3_${name}`] : []));
  if (missing.length === Object.keys(given).length && read("REGION") === "") return null;
  if (missing.length > 0) throw new Error(`Files cannot be kept in S3: set ${missing.join(", ")}, or none of them.`);
  const url = parseUrl(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== "" || url.username !== "") {
    throw new Error("PIPEWRIGHT_S3_ENDPOINT must be an address such as https://s3.eu-central-1.amazonaws.com.");
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new Error("PIPEWRIGHT_S3_BUCKET is not the name of a bucket.");
  }
  return {
    endpoint: `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, "")}`,
    bucket,
    region: read("REGION") || "us-east-1",
    accessKeyId,
    secretAccessKey,
  };
};
