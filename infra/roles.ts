import { Stack } from "aws-cdk-lib";
import { InstanceProfile, ManagedPolicy, PolicyStatement, Role, ServicePrincipal, User } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { Network } from "./network.ts";
import { IMAGE_PARAMETER, type Machines } from "./machines.ts";
import type { Spark } from "./spark.ts";
import type { Storage } from "./storage.ts";

interface RolesProps {
  name: string;
  machineType: string;
  storage: Storage;
  network: Network;
  machines: Machines;
  spark: Spark;
}

/** Who may do what: the portal handles files, the worker handles files and machines, and nobody handles rights. */
export class Roles extends Construct {
  private readonly props: RolesProps;
  readonly portal: User;
  readonly worker: Role;

  constructor(scope: Construct, id: string, props: RolesProps) {
    super(scope, id);
    this.props = props;
    const files = new ManagedPolicy(this, "FilesPolicy", { statements: this.fileStatements() });
    // Its key is made and changed by the operator, so that it is in no template and no state of a deployment.
    this.portal = new User(this, "Portal", { managedPolicies: [files] });
    this.worker = new Role(this, "Worker", {
      assumedBy: new ServicePrincipal("ec2.amazonaws.com"),
      managedPolicies: [
        files,
        new ManagedPolicy(this, "MachinesPolicy", {
          statements: [...this.launchStatements(), ...this.endStatements()],
        }),
        new ManagedPolicy(this, "JobsPolicy", { statements: [...this.batchStatements(), ...this.sparkStatements()] }),
      ],
    });
    this.props.storage.backups.grantPut(this.worker);
    new InstanceProfile(this, "WorkerProfile", { role: this.worker });
  }

  private arn(service: string, resource: string): string {
    return Stack.of(this).formatArn({ service, resource });
  }

  private fileStatements(): PolicyStatement[] {
    const { files } = this.props.storage;
    return [
      new PolicyStatement({
        sid: "Files",
        actions: [
          "s3:GetObject",
          "s3:PutObject",
          "s3:DeleteObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts",
        ],
        resources: [files.arnForObjects("*")],
      }),
      new PolicyStatement({
        sid: "ListFiles",
        actions: ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetBucketLocation"],
        resources: [files.bucketArn],
      }),
    ];
  }

  /** Machines from the template only: with its role, of its type, with IMDSv2, tagged so that they can be found. */
  private launchStatements(): PolicyStatement[] {
    const { name, machineType, network, machines } = this.props;
    const templateArn = this.arn("ec2", `launch-template/${machines.template.launchTemplateId}`);
    const fromTemplate = { ArnEquals: { "ec2:LaunchTemplate": templateArn } };
    const subnets = network.vpc.publicSubnets.map(({ subnetId }) => this.arn("ec2", `subnet/${subnetId}`));
    const run = (sid: string, resources: string[], conditions: Record<string, Record<string, string>>) =>
      new PolicyStatement({ sid, actions: ["ec2:RunInstances"], resources, conditions });
    return [
      run("LaunchTagged", [this.arn("ec2", "instance/*")], {
        ...fromTemplate,
        StringEquals: {
          "aws:RequestTag/fieldport": name,
          "ec2:MetadataHttpTokens": "required",
          "ec2:InstanceType": machineType,
        },
      }),
      run(
        "LaunchParts",
        [
          ...[templateArn, ...subnets, this.arn("ec2", `security-group/${network.machines.securityGroupId}`)],
          ...["volume/*", "network-interface/*", "spot-instances-request/*"].map((part) => this.arn("ec2", part)),
          `arn:${Stack.of(this).partition}:ec2:${Stack.of(this).region}::image/*`,
        ],
        fromTemplate,
      ),
      new PolicyStatement({
        sid: "TagWhatIsLaunched",
        actions: ["ec2:CreateTags"],
        resources: ["instance/*", "volume/*", "spot-instances-request/*"].map((part) => this.arn("ec2", part)),
        conditions: { StringEquals: { "ec2:CreateAction": "RunInstances" } },
      }),
      new PolicyStatement({
        sid: "GiveMachineItsRole",
        actions: ["iam:PassRole"],
        resources: [machines.machineRole.roleArn],
        conditions: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
      }),
      new PolicyStatement({
        sid: "FindImage",
        actions: ["ssm:GetParameters"],
        resources: [`arn:${Stack.of(this).partition}:ssm:${Stack.of(this).region}::parameter${IMAGE_PARAMETER}`],
      }),
    ];
  }

  private endStatements(): PolicyStatement[] {
    return [
      // AWS knows no narrower right to list.
      new PolicyStatement({ sid: "ListMachines", actions: ["ec2:DescribeInstances"], resources: ["*"] }),
      new PolicyStatement({
        sid: "EndOwnMachines",
        actions: ["ec2:TerminateInstances"],
        resources: [this.arn("ec2", "instance/*")],
        conditions: { StringEquals: { "aws:ResourceTag/fieldport": this.props.name } },
      }),
    ];
  }

  private batchStatements(): PolicyStatement[] {
    const { machines, name } = this.props;
    const tagged = (key: string) => ({ StringEquals: { [`${key}/fieldport`]: name } });
    return [
      new PolicyStatement({
        sid: "SubmitJobs",
        actions: ["batch:SubmitJob"],
        resources: [
          machines.queue.jobQueueArn,
          machines.definition.jobDefinitionArn,
          this.arn("batch", `job-definition/${name}-app`),
        ],
      }),
      new PolicyStatement({
        sid: "TagJobs",
        actions: ["batch:TagResource"],
        resources: [this.arn("batch", "job/*")],
        conditions: tagged("aws:RequestTag"),
      }),
      new PolicyStatement({
        sid: "EndOwnJobs",
        actions: ["batch:TerminateJob"],
        resources: [this.arn("batch", "job/*")],
        conditions: tagged("aws:ResourceTag"),
      }),
      new PolicyStatement({ sid: "ListJobs", actions: ["batch:ListJobs", "batch:DescribeJobs"], resources: ["*"] }),
    ];
  }

  private sparkStatements(): PolicyStatement[] {
    const { application, role } = this.props.spark;
    return [
      new PolicyStatement({
        sid: "Spark",
        actions: ["StartJobRun", "ListJobRuns", "GetJobRun", "CancelJobRun"].map((name) => `emr-serverless:${name}`),
        resources: [application.attrArn, `${application.attrArn}/jobruns/*`],
      }),
      new PolicyStatement({
        sid: "TagSparkJobs",
        actions: ["emr-serverless:TagResource"],
        resources: [`${application.attrArn}/jobruns/*`],
        conditions: { StringEquals: { "aws:RequestTag/fieldport": this.props.name } },
      }),
      new PolicyStatement({
        sid: "GiveSparkItsRole",
        actions: ["iam:PassRole"],
        resources: [role.roleArn],
        conditions: { StringEquals: { "iam:PassedToService": "emr-serverless.amazonaws.com" } },
      }),
    ];
  }
}
