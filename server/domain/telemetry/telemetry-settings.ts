type Environment = Readonly<Record<string, string | undefined>>;

export interface TelemetrySettings {
  /** Who may read `/metrics`: whoever has the token, or this machine alone; null: there is no such page. */
  readonly metrics: { readonly token: string } | "loopback" | null;
  /** Where spans go, and whether with what was asked and answered; null: nowhere. */
  readonly traces: { readonly content: boolean; readonly share: number; readonly service: string } | null;
  /** Whether what the app says goes out as lines of JSON. */
  readonly jsonLogs: boolean;
}

const shortestToken = 16;

const metricsOf = (text: string | undefined): TelemetrySettings["metrics"] => {
  const value = text?.trim();
  if (!value || value === "off") return null;
  if (value === "loopback") return value;
  if (value.length >= shortestToken) return { token: value };
  throw new Error(
    `PIPEWRIGHT_METRICS is too short for a token. Set it to 'loopback', or to at least ${shortestToken} characters.`,
  );
};

/** The share of traces without a parent that are sent: all, or as the standard variables say. */
const shareOf = ({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: given }: Environment): number => {
  if (sampler?.endsWith("always_off")) return 0;
  if (!sampler?.endsWith("traceidratio")) return 1;
  const share = Number(given ?? 1);
  return share >= 0 && share <= 1 ? share : 1;
};

/** `OTEL_EXPORTER_OTLP_ENDPOINT` and its relatives are those of every OpenTelemetry program: the exporter reads the rest of them itself. */
export const readTelemetry = (environment: Environment = process.env): TelemetrySettings => {
  const endpoint =
    environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?.trim() || environment.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  const isOff = environment.OTEL_SDK_DISABLED === "true" || environment.OTEL_TRACES_EXPORTER === "none";
  return {
    metrics: metricsOf(environment.PIPEWRIGHT_METRICS),
    traces:
      endpoint && !isOff
        ? {
            content: environment.PIPEWRIGHT_TRACE_CONTENT === "1",
            share: shareOf(environment),
            service: environment.OTEL_SERVICE_NAME?.trim() || "pipewright",
          }
        : null,
    jsonLogs: environment.PIPEWRIGHT_LOG === "json",
  };
};
