import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { InstanceType, SubnetType } from "aws-cdk-lib/aws-ec2";
import {
  CaCertificate,
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  ParameterGroup,
  PostgresEngineVersion,
  StorageType,
} from "aws-cdk-lib/aws-rds";
import { Construct } from "constructs";
import type { Network } from "./network.ts";
import type { InfraSettings } from "./settings.ts";

interface DatabaseProps {
  network: Network;
  settings: Pick<InfraSettings, "databaseCidrs" | "databaseClass" | "databaseIsMultiAz">;
}

/** PostgreSQL that speaks TLS only, restores to any second of two weeks, and cannot be deleted by accident. */
export class Database extends Construct {
  readonly instance: DatabaseInstance;

  constructor(scope: Construct, id: string, { network, settings }: DatabaseProps) {
    super(scope, id);
    const isPublic = settings.databaseCidrs.length > 0;
    const engine = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_18 });
    this.instance = new DatabaseInstance(this, "Postgres", {
      engine,
      parameterGroup: new ParameterGroup(this, "Parameters", {
        engine,
        parameters: { "rds.force_ssl": "1", log_min_duration_statement: "1000" },
      }),
      instanceType: new InstanceType(settings.databaseClass),
      multiAz: settings.databaseIsMultiAz,
      vpc: network.vpc,
      vpcSubnets: { subnetType: isPublic ? SubnetType.PUBLIC : SubnetType.PRIVATE_ISOLATED },
      publiclyAccessible: isPublic,
      securityGroups: [network.database],
      databaseName: "fieldport",
      credentials: Credentials.fromGeneratedSecret("fieldport"),
      caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
      storageType: StorageType.GP3,
      allocatedStorage: 50,
      maxAllocatedStorage: 500,
      storageEncrypted: true,
      backupRetention: Duration.days(14),
      deleteAutomatedBackups: false,
      copyTagsToSnapshot: true,
      autoMinorVersionUpgrade: true,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.SNAPSHOT,
      enablePerformanceInsights: false,
    });
  }
}
