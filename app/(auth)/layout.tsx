import Link from "next/link";
import { Suspense, type ReactNode } from "react";
import { ServiceState } from "#components/auth/service-state";
import { AuthLayout } from "#components/shell/auth-layout";

export default function SignInLayout({ children }: { children: ReactNode }) {
  const footer = (
    <>
      <Suspense fallback={<span />}>
        <ServiceState />
      </Suspense>
      <Link href="/docs/api" className="link-bare">
        API
      </Link>
    </>
  );
  return <AuthLayout footer={footer}>{children}</AuthLayout>;
}
