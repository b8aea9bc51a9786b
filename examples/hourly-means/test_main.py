import unittest

from main import hourly_means, write_csv


class HourlyMeans(unittest.TestCase):
    def test_means_by_hour_in_order_of_time(self):
        rows = [
            {"time": "2026-03-01T01:10:00Z", "value": "4"},
            {"time": "2026-03-01T00:00:00Z", "value": "1"},
            {"time": "2026-03-01T00:59:59Z", "value": "2"},
        ]
        means, left_out = hourly_means(rows, "time", "value")
        self.assertEqual(
            means, [("2026-03-01T00:00:00+00:00", 1.5, 2), ("2026-03-01T01:00:00+00:00", 4.0, 1)]
        )
        self.assertEqual(left_out, 0)

    def test_what_is_no_value_is_counted_never_taken_as_zero(self):
        rows = [{"time": "2026-03-01T00:00:00Z", "value": text} for text in ("3", "", "n/a")]
        rows.append({"time": "yesterday", "value": "9"})
        means, left_out = hourly_means(rows, "time", "value")
        self.assertEqual([mean for _, mean, _ in means], [3.0])
        self.assertEqual(left_out, 3)

    def test_writes_a_csv(self):
        self.assertEqual(write_csv([("h", 1 / 3, 3)]), "hour,mean,values\nh,0.333333,3\n")


if __name__ == "__main__":
    unittest.main()
