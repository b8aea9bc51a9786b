import { Duration } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { Alarm, ComparisonOperator, Metric, TreatMissingData, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Database } from "./database.ts";
import type { Events } from "./events.ts";
import type { InfraSettings } from "./settings.ts";

interface WatchProps {
  settings: Pick<InfraSettings, "name" | "alarmEmail" | "budgetUsdPerMonth">;
  database: Database;
  events: Events;
}

interface AlarmOf {
  metric: IMetric;
  above?: number;
  below?: number;
  periods?: number;
  says: string;
}

/** Tells a person before users do: of the database, of news that do not arrive, and of money. */
export class Watch extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, { settings, database, events }: WatchProps) {
    super(scope, id);
    this.topic = new Topic(this, "Alarms", { enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(settings.alarmEmail));
    const { instance } = database;
    this.alarm("DatabaseFull", {
      metric: instance.metricFreeStorageSpace(),
      below: 5 * 2 ** 30,
      says: "Less than 5 GiB are free for the database. Raise maxAllocatedStorage or remove old measurements.",
    });
    this.alarm("DatabaseBusy", {
      metric: instance.metricCPUUtilization(),
      above: 90,
      periods: 3,
      says: "The database has been at its limit for 15 minutes. Look at slow statements, or raise databaseClass.",
    });
    this.alarm("DatabaseConnections", {
      metric: instance.metricDatabaseConnections(),
      above: 150,
      says: "More than 150 connections. Lower DATABASE_POOL_MAX for functions, or put a pooler in front.",
    });
    this.alarm("NewsUndelivered", {
      metric: events.undelivered.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum" }),
      above: 0,
      says: "The portal did not take news of dropped files for a day. The sweep takes the files in; see its health page.",
    });
    this.alarm("NewsFailing", {
      metric: new Metric({
        namespace: "AWS/Events",
        metricName: "FailedInvocations",
        dimensionsMap: { RuleName: events.rule.ruleName },
        statistic: "Sum",
        period: Duration.minutes(5),
      }),
      above: 5,
      periods: 3,
      says: "The portal keeps refusing news of dropped files. Is FIELDPORT_EVENT_SECRET the one of the secret?",
    });
    this.addBudget(settings);
  }

  private alarm(id: string, { metric, above, below, periods = 1, says }: AlarmOf): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold: above ?? below ?? 0,
      comparisonOperator:
        above === undefined ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: says,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }

  /** Of the whole account: a filter by a tag that nobody has activated for billing would see nothing, and stay silent. */
  private addBudget({ name, alarmEmail, budgetUsdPerMonth }: WatchProps["settings"]): void {
    const warn = (notificationType: string, threshold: number) => ({
      notification: { notificationType, threshold, thresholdType: "PERCENTAGE", comparisonOperator: "GREATER_THAN" },
      subscribers: [{ subscriptionType: "EMAIL", address: alarmEmail }],
    });
    new CfnBudget(this, "Budget", {
      budget: {
        budgetName: `${name}-monthly`,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount: budgetUsdPerMonth, unit: "USD" },
      },
      notificationsWithSubscribers: [warn("ACTUAL", 50), warn("ACTUAL", 90), warn("FORECASTED", 100)],
    });
  }
}
