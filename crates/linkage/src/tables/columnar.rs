//! Parquet, row group by row group and batch by batch: never more than a batch of each wanted column is in memory.
//!
//! Format: Apache Parquet, `parquet-format` 2.x. A list shows in repetition levels: a value that begins a record has
//! level 0. A value that is missing shows in a definition level below the highest.

use std::{fs::File, path::Path};

use parquet::{
    column::reader::{ColumnReader, ColumnReaderImpl},
    data_type::{BoolType, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type, Int64Type, Int96Type},
    errors::ParquetError,
    file::reader::{FileReader as _, SerializedFileReader},
    schema::types::{ColumnDescriptor, SchemaDescriptor},
};

use super::{
    Filling, places,
    texts::{self, Text},
};
use crate::{error::LinkageError, spec::Named};

/// Records that are read at a time.
const BATCH: usize = 4096;

/// Reads a file.
pub(crate) fn read(path: &Path, file: File, named: &Named<'_>, mut into: Filling<'_>) -> Result<u64, LinkageError> {
    let told = |error: ParquetError| told(path, &error);
    let reader = SerializedFileReader::new(file).map_err(told)?;
    let schema = reader.metadata().file_metadata().schema_descr();
    let names: Vec<String> = schema.root_schema().get_fields().iter().map(|field| field.name().to_owned()).collect();
    places(path, &names, named)?;
    let id = leaf(path, schema, named.id)?;
    let wanted: Vec<usize> = named.columns.iter().map(|(name, _)| leaf(path, schema, name)).collect::<Result<_, _>>()?;
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(told)?;
        let open = |leaf: usize| -> Result<Box<dyn Cells>, LinkageError> {
            let column = schema.column(leaf);
            let reader = group.get_column_reader(leaf).map_err(told)?;
            cells(reader, &column).ok_or_else(|| {
                LinkageError::table(
                    path,
                    "",
                    format!("the column `{}` is of a type that is not read", column.path().parts().join(".")),
                    "write it as text, a number, a date, a time or a list of these",
                )
            })
        };
        let mut ids = open(id)?;
        let mut columns: Vec<Box<dyn Cells>> = wanted.iter().map(|leaf| open(*leaf)).collect::<Result<_, _>>()?;
        loop {
            let records = ids.fill().map_err(told)?;
            if records == 0 {
                break;
            }
            for column in &mut columns {
                if column.fill().map_err(told)? != records {
                    return Err(LinkageError::table(path, "", "its columns are of different lengths", "write it anew; it is damaged"));
                }
            }
            for _ in 0..records {
                let mut begun = Ok(());
                let mut any = false;
                ids.next(&mut |id| {
                    if !any {
                        any = true;
                        begun = into.record(id);
                    }
                })
                .map_err(|()| unreadable(path, named.id, &into.place()))?;
                begun?;
                if !any {
                    into.record("")?;
                }
                for (place, column) in columns.iter_mut().enumerate() {
                    if column.next(&mut |value| into.value(place, value)).is_err() {
                        let name = named.columns.get(place).map_or("", |(name, _)| name);
                        return Err(unreadable(path, name, &into.place()));
                    }
                }
            }
        }
    }
    Ok(into.rows())
}

/// The one column of values below a field.
fn leaf(path: &Path, schema: &SchemaDescriptor, name: &str) -> Result<usize, LinkageError> {
    let mut leaves = schema.columns().iter().enumerate().filter(|(_, column)| column.path().parts().first().is_some_and(|part| part == name));
    match (leaves.next(), leaves.next()) {
        (Some((leaf, _)), None) => Ok(leaf),
        _ => Err(LinkageError::table(path, "", format!("the column `{name}` is a structure"), "write each of its parts as a column of its own")),
    }
}

fn unreadable(path: &Path, column: &str, place: &str) -> LinkageError {
    LinkageError::table(path, place, format!("the column `{column}` is not UTF-8"), "write it as text in UTF-8")
}

/// An error of the reader, in our words.
fn told(path: &Path, error: &ParquetError) -> LinkageError {
    let what = match error {
        ParquetError::General(what) | ParquetError::NYI(what) | ParquetError::EOF(what) => what.clone(),
        other => other.to_string(),
    };
    LinkageError::table(path, "", format!("cannot be read as Parquet: {what}"), "write it anew, compressed with Snappy, Zstandard, gzip, LZ4 or not at all")
}

/// The cells of one column within a row group.
trait Cells {
    /// Reads the next records; says how many.
    fn fill(&mut self) -> Result<usize, ParquetError>;

    /// Hands over the values of the next record.
    fn next(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), ()>;
}

/// A batch of one column.
struct Batch<T: DataType, W: Text<T::T>> {
    reader: ColumnReaderImpl<T>,
    write: W,
    values: Vec<T::T>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
    /// The next value and the next level.
    value: usize,
    level: usize,
    highest: i16,
    is_list: bool,
}

impl<T: DataType, W: Text<T::T>> Cells for Batch<T, W> {
    fn fill(&mut self) -> Result<usize, ParquetError> {
        self.values.clear();
        self.defined.clear();
        self.repeated.clear();
        (self.value, self.level) = (0, 0);
        let mut records = 0;
        // A call may stop at the end of a page.
        while records < BATCH {
            let defined = (self.highest > 0).then_some(&mut self.defined);
            let repeated = self.is_list.then_some(&mut self.repeated);
            let (read, _, levels) = self.reader.read_records(BATCH - records, defined, repeated, &mut self.values)?;
            if read == 0 && levels == 0 {
                break;
            }
            records += read;
        }
        Ok(records)
    }

    fn next(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        loop {
            let defined = self.highest == 0 || self.defined.get(self.level).is_some_and(|level| *level == self.highest);
            self.level += 1;
            if defined {
                if let Some(value) = self.values.get(self.value) {
                    self.write.text(value, take)?;
                }
                self.value += 1;
            }
            if !self.is_list || self.repeated.get(self.level).is_none_or(|level| *level == 0) {
                return Ok(());
            }
        }
    }
}

fn cells(reader: ColumnReader, column: &ColumnDescriptor) -> Option<Box<dyn Cells>> {
    let whole = texts::Whole::of(column);
    match reader {
        ColumnReader::BoolColumnReader(reader) => Some(batch::<BoolType, _>(reader, column, texts::Truth)),
        ColumnReader::Int32ColumnReader(reader) => Some(batch::<Int32Type, _>(reader, column, whole)),
        ColumnReader::Int64ColumnReader(reader) => Some(batch::<Int64Type, _>(reader, column, whole)),
        ColumnReader::Int96ColumnReader(reader) => Some(batch::<Int96Type, _>(reader, column, texts::Whole::micros())),
        ColumnReader::FloatColumnReader(reader) => Some(batch::<FloatType, _>(reader, column, texts::Broken::default())),
        ColumnReader::DoubleColumnReader(reader) => Some(batch::<DoubleType, _>(reader, column, texts::Broken::default())),
        ColumnReader::ByteArrayColumnReader(reader) if texts::scale(column).is_some() => {
            Some(batch::<ByteArrayType, _>(reader, column, texts::Decimals::of(column)))
        }
        ColumnReader::FixedLenByteArrayColumnReader(reader) if texts::scale(column).is_some() => {
            Some(batch::<FixedLenByteArrayType, _>(reader, column, texts::Decimals::of(column)))
        }
        ColumnReader::ByteArrayColumnReader(reader) => texts::is_text(column).then(|| batch::<ByteArrayType, _>(reader, column, texts::Letters)),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            texts::is_text(column).then(|| batch::<FixedLenByteArrayType, _>(reader, column, texts::Letters))
        }
    }
}

fn batch<T: DataType, W: Text<T::T> + 'static>(reader: ColumnReaderImpl<T>, column: &ColumnDescriptor, write: W) -> Box<dyn Cells> {
    Box::new(Batch {
        reader,
        write,
        values: Vec::new(),
        defined: Vec::new(),
        repeated: Vec::new(),
        value: 0,
        level: 0,
        highest: column.max_def_level(),
        is_list: column.max_rep_level() > 0,
    })
}
