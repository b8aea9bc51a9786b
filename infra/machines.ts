import { Duration, Size } from "aws-cdk-lib";
import {
  EcsFargateContainerDefinition,
  EcsJobDefinition,
  FargateComputeEnvironment,
  JobQueue,
} from "aws-cdk-lib/aws-batch";
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  InstanceInitiatedShutdownBehavior,
  InstanceType,
  LaunchTemplate,
  MachineImage,
  OperatingSystemType,
  SubnetType,
} from "aws-cdk-lib/aws-ec2";
import { ContainerImage } from "aws-cdk-lib/aws-ecs";
import { PolicyStatement, Role, ServicePrincipal, type CfnRole } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { Network } from "./network.ts";
import { MACHINE_PREFIX } from "./storage.ts";

/** Resolved when a machine is started, so each has the newest image; the template needs no look-up. */
export const IMAGE_PARAMETER = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

interface MachinesProps {
  name: string;
  network: Network;
  files: IBucket;
  machineType: string;
  machinesMax: number;
}

/** What apps run on: single instances from a template, or jobs of a queue. Both see the keys of their own run only. */
export class Machines extends Construct {
  private readonly props: MachinesProps;
  readonly machineRole: Role;
  readonly jobRole: Role;
  readonly template: LaunchTemplate;
  readonly queue: JobQueue;
  readonly definition: EcsJobDefinition;

  constructor(scope: Construct, id: string, props: MachinesProps) {
    super(scope, id);
    this.props = props;
    this.machineRole = this.roleOf("MachineRole", "ec2.amazonaws.com");
    this.jobRole = this.roleOf("JobRole", "ecs-tasks.amazonaws.com");
    this.template = this.makeTemplate();
    this.queue = this.makeQueue();
    this.definition = this.makeDefinition();
  }

  /**
   * `aws:userid` is "role id:instance id" (for a job's task: "role id:task id"), so one role serves all machines and yet
   * each reaches its own folder only.
   */
  private roleOf(id: string, service: string): Role {
    const role = new Role(this, id, { assumedBy: new ServicePrincipal(service) });
    const own = (inner: string) => this.props.files.arnForObjects(`${MACHINE_PREFIX}\${aws:userid}/${inner}`);
    role.addToPolicy(new PolicyStatement({ sid: "ReadOwnOrder", actions: ["s3:GetObject"], resources: [own("in/*")] }));
    role.addToPolicy(
      new PolicyStatement({ sid: "WriteOwnResult", actions: ["s3:PutObject"], resources: [own("out/*")] }),
    );
    return role;
  }

  private makeTemplate(): LaunchTemplate {
    const { name, network, machineType } = this.props;
    return new LaunchTemplate(this, "Template", {
      launchTemplateName: `${name}-machine`,
      machineImage: MachineImage.resolveSsmParameterAtLaunch(IMAGE_PARAMETER, { os: OperatingSystemType.LINUX }),
      instanceType: new InstanceType(machineType),
      role: this.machineRole,
      securityGroup: network.machines,
      // A machine that switches itself off is gone, whoever else has forgotten it.
      instanceInitiatedShutdownBehavior: InstanceInitiatedShutdownBehavior.TERMINATE,
      requireImdsv2: true,
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: false,
      detailedMonitoring: false,
      blockDevices: [
        {
          deviceName: "/dev/xvda",
          volume: BlockDeviceVolume.ebs(40, {
            encrypted: true,
            deleteOnTermination: true,
            volumeType: EbsDeviceVolumeType.GP3,
          }),
        },
      ],
    });
  }

  private makeQueue(): JobQueue {
    const { name, network, machinesMax } = this.props;
    const environmentOf = (id: string, spot: boolean) =>
      new FargateComputeEnvironment(this, id, {
        vpc: network.vpc,
        vpcSubnets: { subnetType: SubnetType.PUBLIC },
        securityGroups: [network.machines],
        maxvCpus: machinesMax * 2,
        spot,
      });
    const queue = new JobQueue(this, "Queue", { jobQueueName: `${name}-apps` });
    // In this order: cheap capacity first, the other when there is none.
    queue.addComputeEnvironment(environmentOf("Spot", true), 1);
    queue.addComputeEnvironment(environmentOf("OnDemand", false), 2);
    return queue;
  }

  private makeDefinition(): EcsJobDefinition {
    return new EcsJobDefinition(this, "Definition", {
      jobDefinitionName: `${this.props.name}-app`,
      // The controller counts attempts; a second one of the queue's own would run an app twice.
      retryAttempts: 1,
      timeout: Duration.hours(25),
      propagateTags: true,
      container: new EcsFargateContainerDefinition(this, "Container", {
        image: ContainerImage.fromRegistry("public.ecr.aws/docker/library/python:3.12-slim"),
        cpu: 1,
        memory: Size.gibibytes(2),
        ephemeralStorageSize: Size.gibibytes(40),
        assignPublicIp: true,
        jobRole: this.jobRole,
        command: ["python3", "-c", "raise SystemExit('Started without an order.')"],
      }),
    });
  }
}

/** The part of `aws:userid` that is the role's, as the controller needs it to find a machine's folder. */
export function roleIdOf(role: Role): string {
  return (role.node.defaultChild as CfnRole).attrRoleId;
}
