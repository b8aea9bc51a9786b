import { Peer, Port, SecurityGroup, SubnetType, Vpc, GatewayVpcEndpointAwsService } from "aws-cdk-lib/aws-ec2";
import { Construct } from "constructs";

/** Two zones without address translation: machines have addresses of their own but let nobody in. */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly machines: SecurityGroup;
  readonly database: SecurityGroup;
  readonly worker: SecurityGroup;

  constructor(scope: Construct, id: string, { databaseCidrs }: { databaseCidrs: readonly string[] }) {
    super(scope, id);
    this.vpc = new Vpc(this, "Vpc", {
      maxAzs: 2,
      natGateways: 0,
      // It would need a function of ours in the account only to empty a group that nothing uses.
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: "machines", subnetType: SubnetType.PUBLIC, cidrMask: 20 },
        { name: "database", subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
    });
    this.vpc.addGatewayEndpoint("Objects", { service: GatewayVpcEndpointAwsService.S3 });
    const group = (name: string, description: string, allowAllOutbound: boolean) =>
      new SecurityGroup(this, name, { vpc: this.vpc, description, allowAllOutbound });
    this.machines = group("Machines", "Machines of apps: nothing in, the web out", false);
    this.machines.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "packages and object storage");
    this.machines.addEgressRule(Peer.anyIpv4(), Port.tcp(80), "packages of the system");
    this.worker = group("Worker", "Workers: nothing in", true);
    this.database = group("Database", "PostgreSQL for workers and the portal", false);
    this.database.addIngressRule(this.worker, Port.tcp(5432), "workers");
    for (const range of databaseCidrs) {
      this.database.addIngressRule(Peer.ipv4(range), Port.tcp(5432), "the portal");
    }
  }
}
