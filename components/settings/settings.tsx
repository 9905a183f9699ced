"use client";

import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DefaultModels } from "@/components/endpoints/default-models";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { Separator } from "@/components/ui/separator";
import { Skeleton } from "@/components/ui/skeleton";
import { AccountSettings } from "./account-settings";
import { AllowedOrigins } from "./allowed-origins";
import { ApiKeys } from "./api-keys";
import { Appearance } from "./appearance";
import { Credentials } from "./credentials/credentials";
import { ToolHosts } from "./credentials/tool-hosts";
import { MailSettings } from "./mail-settings";
import { McpServers } from "./mcp/mcp-servers";
import { PasswordSettings } from "./password-settings";
import { Retention } from "./retention";
import { Sessions } from "./sessions";
import { StoredFiles } from "./stored-files";
import { TwoFactor } from "./two-factor/two-factor";
import { WorkspaceSettings } from "./workspace-settings";

export function Settings() {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const workspace = useQuery(trpc.workspace.get.queryOptions());
  const account = useQuery(trpc.account.get.queryOptions());
  const failed = workspace.error ?? account.error;
  const retry = () => {
    void workspace.refetch();
    void account.refetch();
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          account.data?.role === "owner" ? (
            <Button asChild>
              <Link href="/settings/audit">
                <ScrollText />
                {t("auditLog")}
              </Link>
            </Button>
          ) : null
        }
      />
      <PageBody>
        {failed ? <QueryError error={failed} onRetry={retry} /> : null}
        {workspace.data && account.data ? (
          <>
            <WorkspaceSettings key={`workspace ${workspace.data.name}`} workspace={workspace.data} />
            <Separator />
            <DefaultModels />
            <Separator />
            <ApiKeys role={account.data.role} />
            <Separator />
            <Credentials isOwner={account.data.role === "owner"} />
            <Separator />
            <McpServers isOwner={account.data.role === "owner"} />
            <Separator />
            <ToolHosts key={`hosts ${workspace.data.toolHosts.join(" ")}`} workspace={workspace.data} />
            <Separator />
            {account.data.role === "owner" ? (
              <>
                <MailSettings />
                <Separator />
              </>
            ) : null}
            <Retention mayChange={account.data.role === "owner"} />
            <Separator />
            <AllowedOrigins key={`origins ${workspace.data.allowedOrigins.join(" ")}`} workspace={workspace.data} />
            <Separator />
            <StoredFiles mayRemove={account.data.role !== "viewer"} />
            <Separator />
            <Appearance />
            <Separator />
            <AccountSettings key={`${account.data.name} ${account.data.email}`} account={account.data} />
            <Separator />
            <PasswordSettings hasPassword={account.data.hasPassword} email={account.data.email} />
            <Separator />
            <TwoFactor hasPassword={account.data.hasPassword} on={account.data.hasTwoFactor} />
            <Separator />
            <Sessions />
          </>
        ) : failed ? null : (
          <>
            <Skeleton className="h-20 w-full" />
            <Skeleton className="h-20 w-full" />
            <Skeleton className="h-40 w-full" />
          </>
        )}
      </PageBody>
    </>
  );
}
