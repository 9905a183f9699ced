import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { JobProgress } from "@/components/job/job-progress";
import { useJob } from "@/components/job/use-job";

/** A template brings at most so many things along that take work. */
const most = 8;

/** Says how far the knowledge bases and models of the template are, until they are ready. The address names their jobs. */
export function SuppliesBanner() {
  const jobs = useSearchParams().get("preparing")?.split(",").filter(Boolean).slice(0, most) ?? [];
  return jobs.map((id) => <Supply key={id} id={id} />);
}

function Supply({ id }: { readonly id: string }) {
  const t = useTranslations("editor.supplies");
  const { job } = useJob(id, ({ status }) => {
    if (status === "success") forget(id);
  });
  if (!job || job.status === "success") return null;
  return (
    <div className="shrink-0 border-line border-b bg-running-soft px-4 py-2" data-testid="supplies">
      <JobProgress job={job} title={t(job.kind.startsWith("knowledge") ? "knowledge" : "model")} />
    </div>
  );
}

/** Takes a job that is done out of the address. */
const forget = (id: string) => {
  const address = new URL(window.location.href);
  const left = (address.searchParams.get("preparing") ?? "").split(",").filter((other) => other !== "" && other !== id);
  if (left.length === 0) address.searchParams.delete("preparing");
  else address.searchParams.set("preparing", left.join(","));
  window.history.replaceState(null, "", address);
};
