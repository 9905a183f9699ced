import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Experiments } from "@/components/evaluation/experiments/experiments";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("evaluation") };
}

export default function EvaluationPage() {
  return <Experiments />;
}
