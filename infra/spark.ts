import { CfnApplication } from "aws-cdk-lib/aws-emrserverless";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { SPARK_PREFIX } from "./storage.ts";

/** Spark for what is too large for one machine. It costs nothing while no job runs. */
export class Spark extends Construct {
  readonly application: CfnApplication;
  readonly role: Role;

  constructor(scope: Construct, id: string, { name, files }: { name: string; files: IBucket }) {
    super(scope, id);
    this.application = new CfnApplication(this, "Application", {
      name: `${name}-spark`,
      type: "SPARK",
      releaseLabel: "emr-7.9.0",
      architecture: "ARM64",
      autoStartConfiguration: { enabled: true },
      autoStopConfiguration: { enabled: true, idleTimeoutMinutes: 5 },
      // A query that has lost its way stops here, and so does its bill.
      maximumCapacity: { cpu: "64 vCPU", memory: "256 GB", disk: "1000 GB" },
    });
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("emr-serverless.amazonaws.com") });
    const allow = (sid: string, actions: string[], resources: string[]) =>
      this.role.addToPolicy(new PolicyStatement({ sid, actions, resources }));
    allow("ReadFiles", ["s3:GetObject"], [files.arnForObjects("w/*"), files.arnForObjects(`${SPARK_PREFIX}*`)]);
    allow("WriteResults", ["s3:PutObject", "s3:DeleteObject"], [files.arnForObjects(`${SPARK_PREFIX}*`)]);
    this.role.addToPolicy(
      new PolicyStatement({
        sid: "ListFiles",
        actions: ["s3:ListBucket"],
        resources: [files.bucketArn],
        conditions: { StringLike: { "s3:prefix": ["w/*", `${SPARK_PREFIX}*`] } },
      }),
    );
  }
}
