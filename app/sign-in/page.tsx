import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { safeNext } from "@/components/sign-in/safe-next";
import { SignIn } from "@/components/sign-in/sign-in";
import { readSignInNotice } from "@/components/sign-in/sign-in-notice";
import { pageMember } from "@/server/platform/auth/page-session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sign-in"))("title") };
}

interface SignInPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, error, reason } = await searchParams;
  const destination = safeNext(next);
  const notice = readSignInNotice(error, reason);
  if ((await pageMember()) && notice === null) redirect(destination);
  return <SignIn destination={destination} notice={notice} />;
}
