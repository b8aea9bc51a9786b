import { CfnOutput, Stack, Tags, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Database } from "./database.ts";
import { Events } from "./events.ts";
import { Machines, roleIdOf } from "./machines.ts";
import { Network } from "./network.ts";
import { Roles } from "./roles.ts";
import type { InfraSettings } from "./settings.ts";
import { Spark } from "./spark.ts";
import { Storage } from "./storage.ts";
import { Watch } from "./watch.ts";

/** Everything an installation needs of AWS. The portal itself runs on Vercel, workers wherever they are put. */
export class FieldportStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: InfraSettings }) {
    super(scope, id, props);
    const { name, portalUrl, databaseCidrs, machineType, machinesMax } = settings;
    Tags.of(this).add("fieldport", name);
    const network = new Network(this, "Network", { databaseCidrs });
    const storage = new Storage(this, "Storage", { portalUrl });
    const { files } = storage;
    const events = new Events(this, "Events", { files, portalUrl });
    const database = new Database(this, "Database", { network, settings });
    const machines = new Machines(this, "Machines", { name, network, files, machineType, machinesMax });
    const spark = new Spark(this, "Spark", { name, files });
    const roles = new Roles(this, "Roles", { name, machineType, storage, network, machines, spark });
    new Watch(this, "Watch", { settings, database, events });
    // Named as the environment variables they are the values of; the others say where to look a value up.
    this.tell({
      S3Bucket: files.bucketName,
      BackupsBucket: storage.backups.bucketName,
      EventSecretArn: events.secret.secretArn,
      DatabaseHost: database.instance.dbInstanceEndpointAddress,
      DatabaseSecretArn: database.instance.secret?.secretArn ?? "",
      PortalUser: roles.portal.userName,
      WorkerRole: roles.worker.roleName,
      WorkerSecurityGroup: network.worker.securityGroupId,
      FieldportEc2Template: machines.template.launchTemplateId ?? "",
      FieldportEc2Subnets: network.vpc.publicSubnets.map(({ subnetId }) => subnetId).join(","),
      FieldportEc2RoleId: roleIdOf(machines.machineRole),
      FieldportBatchQueue: machines.queue.jobQueueArn,
      FieldportBatchDefinition: machines.definition.jobDefinitionArn,
      FieldportBatchRoleId: roleIdOf(machines.jobRole),
      FieldportEmrApplication: spark.application.attrApplicationId,
      FieldportEmrRoleArn: spark.role.roleArn,
    });
  }

  private tell(outputs: Readonly<Record<string, string>>): void {
    for (const [id, value] of Object.entries(outputs)) new CfnOutput(this, id, { value });
  }
}
