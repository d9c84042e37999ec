//! Dates.

use candour_model::types::{Context, TypeKind};

use super::{check, format};

#[test]
fn iso_prefixes() {
    check(
        TypeKind::Date,
        &Context::default(),
        &[
            ("2011", Ok("2011")),
            (" 2011-05 ", Ok("2011-05")),
            ("2011-5", Ok("2011-05")),
            ("2011-05-12", Ok("2011-05-12")),
            ("2011-5-2", Ok("2011-05-02")),
            ("2011-05-12T09", Ok("2011-05-12T09")),
            ("2011-05-12T09:30", Ok("2011-05-12T09:30")),
            ("2011-05-12 09:30:15", Ok("2011-05-12T09:30:15")),
            ("2011-05-12T09:30:15.123456", Ok("2011-05-12T09:30:15")),
            ("2011-05-12T09:30:15Z", Ok("2011-05-12T09:30:15")),
            ("2011-05-12T00:30:15+02:00", Ok("2011-05-11T22:30:15")),
            ("2011-12-31T23:30-0530", Ok("2012-01-01T05:00")),
            ("2011-00-00", Ok("2011")),
            ("2011-05-00", Ok("2011-05")),
            ("20110512", Ok("2011-05-12")),
            ("2016-02-29", Ok("2016-02-29")),
        ],
    );
}

#[test]
fn dates_that_do_not_exist() {
    check(
        TypeKind::Date,
        &Context::default(),
        &[
            ("2017-13-01", Err("has the month 13; months run from 01 to 12; day and month may be swapped")),
            ("2017-02-30", Err("does not exist: February 2017 has 28 days; correct it, or write `2017-02`")),
            ("2017-02-29", Err("February 2017 has 28 days")),
            ("31/02/2017", Err("February 2017 has 28 days")),
            ("2017-05-12T24:30", Err("hours run from 00 to 23")),
            ("2017-05-12T10:30+99:00", Err("zones run to 23:59")),
            ("0999", Err("is no date; write `2017`")),
            ("12345", Err("is no date")),
            ("2017 or later", Err("is no date")),
            ("yesterday", Err("give the mapping a `format`")),
            ("", Err("is empty")),
        ],
    );
}

#[test]
fn written_dates_with_one_reading() {
    check(
        TypeKind::Date,
        &Context::default(),
        &[
            ("24/08/2017", Ok("2017-08-24")),
            ("08/24/2017", Ok("2017-08-24")),
            ("08/08/2017", Ok("2017-08-08")),
            ("24.08.2017", Ok("2017-08-24")),
            ("4.8.2017", Ok("2017-08-04")),
            ("24-08-2017 14:05", Ok("2017-08-24T14:05")),
            ("2017/08/04", Ok("2017-08-04")),
            ("24 August 2017", Ok("2017-08-24")),
            ("24th of August 2017", Ok("2017-08-24")),
            ("August 24, 2017", Ok("2017-08-24")),
            ("24-AUG-2017", Ok("2017-08-24")),
            ("Sept 2017", Ok("2017-09")),
            ("Thu, 24 Aug 2017 14:05:11 +0100", Ok("2017-08-24T13:05:11")),
            ("04/08/2017", Err("can be read in two ways; give the mapping a `format`: `%d/%m/%Y` if the day comes first")),
            ("04/08/17", Err("year of two digits")),
            ("24-AUG-17", Err("year of two digits")),
            ("24 August", Err("is no date")),
            ("31 April 2017", Err("April 2017 has 30 days")),
        ],
    );
}

#[test]
fn dates_of_a_named_form() {
    check(
        TypeKind::Date,
        &format("%d/%m/%Y"),
        &[
            ("04/08/2017", Ok("2017-08-04")),
            ("4/8/2017", Ok("2017-08-04")),
            ("2017-08-04", Ok("2017-08-04")),
            ("31/02/2017", Err("February 2017 has 28 days")),
            ("08/24/2017", Err("has the month 24")),
            ("4 August 2017", Err("does not have the form `%d/%m/%Y` that the mapping asks for")),
        ],
    );
    check(TypeKind::Date, &format("%d/%m/%Y %H:%M"), &[("04/08/2017 00:32", Ok("2017-08-04T00:32"))]);
    check(TypeKind::Date, &format("%m/%Y"), &[("08/2017", Ok("2017-08"))]);
    check(TypeKind::Date, &format("%d.%m.%y"), &[("04.08.68", Ok("2068-08-04")), ("04.08.69", Ok("1969-08-04"))]);
    check(TypeKind::Date, &format("%b %d, %Y %I:%M %p"), &[("Aug 4, 2017 02:15 PM", Ok("2017-08-04T14:15")), ("Aug 4, 2017 12:15 am", Ok("2017-08-04T00:15"))]);
    check(TypeKind::Date, &format("%Y%j"), &[("2017216", Ok("2017-08-04")), ("2017366", Err("a year that has fewer"))]);
    check(TypeKind::Date, &format("%Y-%m-%dT%H:%M:%S%z"), &[("2017-08-04T10:00:00+0100", Ok("2017-08-04T09:00:00"))]);
    check(TypeKind::Date, &format("%Q"), &[("4", Err("no directive for dates"))]);
}
